"""The file, or the pasted table, from which a plan begins."""

from ctg.intake.layout import recognise
from ctg.intake.returned import without_marks
from ctg.intake.tables import SourceFile

from .tables import TableForm, file_field, pasted_field


class DropForm(TableForm):
    """Valid, it holds a `source` in which actions were found."""

    file = file_field(
        "Excel (.xlsx), Word (.docx), LibreOffice (.ods, .odt) ou CSV", ".xlsx,.docx,.csv,.tsv,.txt,.ods,.odt"
    )
    pasted = pasted_field(
        "Ou un tableau copié d’Excel ou de Word",
        "Sélectionnez-le avec ses titres de colonnes, copiez-le, collez-le ici.",
    )

    def refuse(self, source: SourceFile) -> None:
        recognise(without_marks(source))
