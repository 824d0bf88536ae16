"""Excel workbooks. openpyxl costs 44 MB: import these modules inside the view or command that needs them."""
