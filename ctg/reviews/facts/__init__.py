"""The facts of an annual review: gathered once, from which pages, papers, slides and annex are written.

`shapes` says what they are; `gathering.gather` reads them all, each module beside it one part.
"""
