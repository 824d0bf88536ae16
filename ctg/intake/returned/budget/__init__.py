"""The sheet « Budget » of a flat table that comes back, compared with the lines of budget that stand."""
