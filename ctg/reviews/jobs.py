"""The works of this floor that are done outside the request, each registered under its word."""
