"""What a plan publishes for anybody to use again: files, a dictionary, and the same by program."""
