"""Anyone’s Word and Excel into the tool: read safely, recognise the layout, say what becomes of each cell."""
