"""The two source documents, laid out as they were voted, from the words of `fixtures/`."""

import tomllib
from pathlib import Path

from .making import source, table

FIXTURES = Path(__file__).parents[3] / "fixtures"


def fixture(name):
    return tomllib.loads((FIXTURES / name).read_text(encoding="utf-8"))


THEMATIC = fixture("gally-mauldre.toml")
STRATEGIC = fixture("territoire-de-demonstration.toml")

THEMATIC_HEADER = [
    "Besoins repérés - cf. diagnostic (enjeux)",
    "Objectifs (changements souhaités / résultats attendus)",
    "Action(s) prévue(s) plusieurs actions peuvent répondre à 1 objectif",
    "Freins ou leviers identifiés",
    "Porteurs du projet / Partenaires associés",
    "Indicateurs d'évaluation QUANTITATIFS",
    "Indicateurs d'évaluation QUALITATIFS",
    "Calendrier de mise en œuvre (mois et année)",
]
STRATEGIC_HEADER = [
    "Ambitions / impacts recherchés",
    "Orientations (enjeux)",
    "ACTIONS - Objectifs opérationnels – Intentions",
    "",
]


def thematic_rows():
    rows = []
    for rank, theme in enumerate(THEMATIC["themes"], 1):
        rows.append([theme["title"]])
        for action in THEMATIC["actions"]:
            if action["theme"] == rank:
                rows.append(
                    [
                        THEMATIC["needs"][action["need"] - 1]["title"],
                        THEMATIC["objectives"][action["objective"] - 1]["title"],
                        action["title"],
                        action["factors_text"],
                        action["partners_text"],
                        action["quantitative_text"],
                        action["qualitative_text"],
                        action["calendar_text"],
                    ]
                )
    return rows


def thematic():
    """One sheet: title and date above the table, one band of capitals per theme."""
    above = [[THEMATIC["plan"]["heading"]], [], [THEMATIC["plan"]["dated_text"]], []]
    return source(table("Feuil1", [*above, THEMATIC_HEADER, *thematic_rows()]))


def action_cell(action):
    """« Action 1 : … », then its parts, as the cell of the document holds them."""
    lines = [f"Action {action['number']} : {action['title']}"]
    for part in ("purpose", "content", "methods", "effects"):
        if text := action.get(part):
            label = action[f"{part}_label"]
            lines.append(f"{label} : {text.strip()}" if part == "purpose" else f"{label} :\n{text.strip()}")
    return "\n".join(lines)


def strategic_rows():
    rows, above = [], (None, None)
    for action in STRATEGIC["actions"]:
        ambition = STRATEGIC["ambitions"][action["ambition"] - 1]
        orientation = action.get("orientation")
        here = (action["ambition"], orientation)
        is_new = above[0] != action["ambition"]
        rows.append(
            [
                "\n".join([ambition["title"], *ambition["impacts"]]) if is_new else "",
                ambition["orientations"][orientation - 1] if orientation and here != above else "",
                action_cell(action),
                action["priority"],
            ]
        )
        above = here
    return rows


def strategic():
    """One table without a merge: what repeats is blank, the last column has no title."""
    return source(table("Tableau 1", [STRATEGIC_HEADER, *strategic_rows()]), name="plan.docx")
