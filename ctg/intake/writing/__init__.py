"""What a preview shows, written in one transaction, and taken back."""
