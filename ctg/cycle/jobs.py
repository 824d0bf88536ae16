"""What is long in the life of a convention: its closing package."""
