"""Papers as Word documents. python-docx is imported by the view or command that needs it."""
