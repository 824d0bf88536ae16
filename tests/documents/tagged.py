"""What an assistive tool reads of a PDF: its tree of headings, tables and texts, by poppler’s `pdfinfo`."""

import re
import subprocess
from functools import lru_cache


@lru_cache(maxsize=2)
def tree_of(pdf):
    """The lines of the tree; long texts take minutes."""
    arguments = ["pdfinfo", "-struct-text", "-"]
    said = subprocess.run(arguments, input=pdf, capture_output=True, check=True).stdout.decode()
    return [line.strip() for line in said.splitlines() if line.strip()]


def tables_of(pdf):
    """Each table as rows of cells; spaces are left out, for lines end where the page wants."""
    tables = []
    for words in tree_of(pdf):
        tag = words.partition(" ")[0].removesuffix(":")
        if tag == "Table":
            tables.append([])
        elif tag == "TR":
            tables[-1].append([])
        elif tag in ("TH", "TD"):
            tables[-1][-1].append("")
        elif tag in ("P", "H2", "L", "Sect", "Figure"):
            tables.append([[""]])  # What follows is in no cell.
        elif words.startswith('"') and tables:
            tables[-1][-1][-1] += tight(words[1:-1])
    return [rows for rows in tables if len(rows) > 1]


def text_of(pdf):
    return tight("".join(words[1:-1] for words in tree_of(pdf) if words.startswith('"')))


def tight(words):
    return re.sub(r"\s+", "", words)
