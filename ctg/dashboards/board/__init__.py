"""The page of the élus: where the CTG stands, on one screen and on one sheet of paper."""
