"""The annual review as the coordination writes it: its sections, what it stands on, what is missing."""
