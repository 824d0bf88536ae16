"""What a column of a plan can hold."""

from enum import StrEnum


class Field(StrEnum):
    """Where the texts of a column go; the label is what the coordinator chooses from."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Field":
        field = str.__new__(cls, value)
        field._value_ = value
        field.label = label
        return field

    NUMBER = "number", "numéro de l’action"
    TITLE = "title", "action"
    LEVEL = "level", "niveau de la ligne (axe, objectif, action)"
    AMBITION = "ambition", "ambition ou axe"
    IMPACTS = "impacts", "impacts recherchés"
    ORIENTATION = "orientation", "orientation"
    THEME = "theme", "thématique"
    NEED = "need", "besoin repéré"
    OBJECTIVE = "objective", "objectif"
    PRIORITY = "priority", "priorité"
    PURPOSE = "purpose", "finalité de l’action"
    CONTENT = "content", "contenu de l’action"
    METHODS = "methods", "modalités de mise en œuvre"
    EFFECTS = "effects", "effets attendus"
    AUDIENCES = "audiences", "publics"
    MUNICIPALITIES = "municipalities", "communes"
    CALENDAR = "calendar", "calendrier"
    STARTS = "starts", "début"
    ENDS = "ends", "fin"
    PERIOD = "period", "année ou mois à cocher"
    FACTORS = "factors", "freins et leviers"
    BRAKES = "brakes", "freins"
    LEVERS = "levers", "leviers"
    ORGANISATIONS = "organisations", "porteurs et partenaires"
    LEADS = "leads", "porteurs"
    CO_LEADS = "co_leads", "co-porteurs"
    PARTNERS = "partners", "partenaires"
    FUNDERS = "funders", "financeurs"
    ELECTED_LEAD = "elected_lead", "élu référent"
    INDICATORS = "indicators", "indicateurs"
    QUANTITATIVE = "quantitative", "indicateurs quantitatifs"
    QUALITATIVE = "qualitative", "indicateurs qualitatifs"
    TARGET = "target", "cibles et résultats"
    BUDGET = "budget", "budget"
    RESOURCES = "resources", "moyens"
    STATUS = "status", "statut"
    PROGRESS = "progress", "avancement"
    NOTES = "notes", "remarques"


#: What stands above actions and is written once for several of them, the widest first.
HEADINGS = (
    *(Field.AMBITION, Field.IMPACTS, Field.ORIENTATION),
    *(Field.THEME, Field.NEED, Field.OBJECTIVE),
)

#: One column at most for each of these; several columns of any other field are read one after the other.
SINGLE = frozenset({*HEADINGS, Field.NUMBER, Field.TITLE, Field.LEVEL, Field.STARTS, Field.ENDS})
