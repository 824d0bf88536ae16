"""Sheets and texts of OpenDocument, as LibreOffice writes them."""
