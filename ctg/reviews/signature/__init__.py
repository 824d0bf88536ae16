"""The plan as it was signed, its amendments, and what changed since: facts, papers and drafts to freeze."""
