"""Workbooks as Excel, LibreOffice and Google Sheets write them, read as XML: values, nothing computed."""
