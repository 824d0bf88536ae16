"""The demonstration: two territories whose people, follow-up and accounts are fictional."""
