"""What would become of a file, before anything is written: its actions, its packed cells, its fate."""
