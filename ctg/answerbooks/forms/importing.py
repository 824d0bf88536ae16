"""A table of values, as a file or pasted."""

from ctg.intake.forms.tables import TableForm, file_field, pasted_field

from .dropping import TAKEN


class ValuesForm(TableForm):
    """Valid, it holds what was read: `source`."""

    file = file_field("Excel (.xlsx), LibreOffice (.ods) ou CSV", TAKEN)
    pasted = pasted_field("Ou un tableau copié d’un tableur", "Copiez-le avec ses titres de colonnes.")
