"""What people paste as plain text: cells of a spreadsheet, or a table of Word."""

from ctg.intake.tables import SourceFile

from .delimited import put_rows, split
from .drafts import FileDraft

NAME = "Collage"
_REJOINED = (
    "Des cellules collées contiennent plusieurs paragraphes, que le texte seul ne délimite pas "
    "toujours\u00a0: vérifiez les lignes, ou déposez le fichier lui-même."
)


def read_pasted_text(text: str) -> SourceFile:
    file = FileDraft(NAME)
    text = text.replace("\x00", "").replace("\r\n", "\n").strip("\n")
    rows = list(split(text, "\t"))
    lines = text.split("\n")
    # A spreadsheet puts between quotes the cells that hold several lines; Word does not.
    if len(rows) == len(lines) and _is_cut(lines):
        rows = _rejoin(lines)
        file.notes.tell(_REJOINED)
    put_rows(file, NAME, iter(rows))
    return file.finish()


def _is_cut(lines: list[str]) -> bool:
    """Whether some rows come in several lines: they hold tabs, and fewer than others."""
    return len({line.count("\t") for line in lines if "\t" in line}) > 1


def _rejoin(lines: list[str]) -> list[list[str]]:
    """Put the lines of a row together until it has as many cells as the widest one.

    A line without tabs after a whole row is most often the next paragraph of its last cell.
    """
    widest = max(line.count("\t") for line in lines)
    rows: list[str] = []
    is_title = True
    for line in lines:
        joined = f"{rows[-1]}\n{line}" if rows else line
        if is_title or joined.count("\t") > widest:
            rows.append(line)
        else:
            rows[-1] = joined
        is_title = is_title and "\t" not in line
    return [row.split("\t") for row in rows]
