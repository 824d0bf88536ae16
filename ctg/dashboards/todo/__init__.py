"""« À faire »: what waits for one person in one plan, one module for each source of lines."""
