"""Papers as PDF. WeasyPrint takes half a second to import: do so in the view or command that needs it."""
