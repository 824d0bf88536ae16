"""What becomes of a file, said to whoever brought it: counts, problems, what each cell became."""

from typing import Any

from ctg.intake.content import ReadPlan, account
from ctg.intake.layout import Field
from ctg.intake.previewing.annotated import Grade
from ctg.intake.previewing.details import actions_in_detail, cells_in_detail
from ctg.intake.previewing.outcome import AS_IT_IS, Choices, Fate, Outcome
from ctg.intake.previewing.preview import Preview
from ctg.intake.previewing.row_counts import RowCounts, count_rows
from ctg.intake.problems import Found
from ctg.web.templatetags.ui import plural

WORDS = {
    Grade.CRITICAL: ("problème critique", "problèmes critiques"),
    Grade.ERROR: ("erreur", "erreurs"),
    Grade.WARNING: ("avertissement", "avertissements"),
}
FATES = {fate.name.lower(): fate.value for fate in Fate}


def report_of(preview: Preview, choices: Choices = AS_IT_IS, *, in_detail: bool = False) -> dict[str, Any]:
    """As plain JSON; « rows » counts every row of the file by what became of it, « cells » every cell.

    In detail, each action says all that it would hold, and « trace » tells each cell with what it became.
    """
    read = preview.read
    outcome = preview.outcome(choices)
    return {
        "file": preview.source.name,
        "title": preview.title,
        "into": str(preview.into or ""),
        "actions": actions_in_detail(preview, outcome) if in_detail else _actions(read, outcome),
        "counts": {"created": len(outcome.created), "there": outcome.there, "aside": outcome.aside},
        "headings": {
            "ambitions": [one.title for one in read.ambitions],
            "themes": [one.title for one in read.themes],
            "needs": [one.title for one in read.needs],
            "objectives": [one.title for one in read.objectives],
        },
        "organisations": {one.name: one.is_known for one in preview.organisations},
        "indicators": sum(len(one.indicators) for one in preview.splits),
        "columns": [
            {"title": column.title, "field": column.field or "", "score": round(column.score, 2)}
            for column in preview.recognised.columns
        ],
        "problems": [_problem(one) for one in preview.problems],
        "leftovers": [
            {"table": one.table, "cell": str(one.place), "text": one.text, "reason": one.reason}
            for one in read.leftovers
        ],
        "doubts": [one.reason for one in read.doubts],
        "notes": list(preview.source.notes),
        "rows": count_rows(preview.source, read)._asdict(),
        "cells": _accounts(preview) if in_detail else {},
        "trace": cells_in_detail(preview) if in_detail else [],
    }


def _actions(read: ReadPlan, outcome: Outcome) -> list[dict[str, Any]]:
    told = zip(read.actions, outcome.fates, strict=True)
    return [{"title": one.title, "text": one.number_text, "fate": fate.name.lower()} for one, fate in told]


def _problem(one: Found) -> dict[str, str]:
    return {
        "grade": one.grade.value,
        "sheet": one.sheet,
        "cell": str(one.spot.place),
        "value": one.value,
        "reason": one.reason,
        "accepted": one.accepted,
    }


def _accounts(preview: Preview) -> dict[str, int]:
    found = account(preview.source, preview.read)
    counts = {role.value: count for role, count in found.counts.items()}
    return counts | {"leftover": found.leftover, "missing": len(found.missing), "lost": len(found.lost)}


def write_report(report: dict[str, Any]) -> str:
    counts = report["counts"]
    lines = [
        f"{report['file']} : « {report['title']} »",
        counts_of(report),
        fates_in_words(counts["created"], counts["there"], counts["aside"]),
        rows_in_words(RowCounts(**report["rows"])),
        *(f"Action {one['text']} : {one['title']} ({FATES[one['fate']]})" for one in report["actions"]),
        *(f"Colonne « {one['title']} » : {_field(one['field'])}" for one in report["columns"]),
        *(f"Note : {words}" for words in report["notes"]),
        *(
            f"{one['grade']} : {one['sheet']}, {one['cell']}, « {one['value'][:80]} » : {one['reason']}"
            f" {one['accepted']}".rstrip()
            for one in report["problems"]
        ),
    ]
    return "\n".join(lines)


def _field(name: str) -> str:
    return Field(name).label if name else "non reprise"


def counts_of(report: dict[str, Any]) -> str:
    """« 19 actions, 9 thématiques, 27 organismes, 62 indicateurs ; 2 cellules sans place. »"""
    new = sum(not known for known in report["organisations"].values())
    counts = (
        (len(report["actions"]), "action"),
        (len(report["headings"]["ambitions"]), "ambition"),
        (len(report["headings"]["themes"]), "thématique"),
        (len(report["headings"]["needs"]), "besoin"),
        (len(report["headings"]["objectives"]), "objectif"),
        (len(report["organisations"]), "organisme"),
        (report["indicators"], "indicateur"),
    )
    said = [f"{count} {word}{plural(count)}" for count, word in counts if count]
    if new:
        said.append(f"dont {new} organisme{plural(new)} à créer")
    left = len(report["leftovers"])
    return f"{', '.join(said)}\u00a0; {left} cellule{plural(left)} sans place."


def fates_in_words(created: int, there: int, aside: int) -> str:
    """« 17 actions à créer, 2 déjà dans le plan, 1 ligne mise de côté. »"""
    said = [f"{created} action{plural(created)} à créer"]
    said += [f"{there} déjà dans le plan"] if there else []
    said += [f"{aside} ligne{plural(aside)} mise{plural(aside)} de côté"] if aside else []
    return f"{', '.join(said)}."


def rows_in_words(rows: RowCounts) -> str:
    """« Lignes du fichier : 24, dont 17 d’actions, 5 de titres et de rubriques, 2 non reprises. »"""
    said = [f"{rows.actions} d’actions"]
    said += [f"{rows.around} de titres et de rubriques"] if rows.around else []
    said += [f"{rows.reported} non reprise{plural(rows.reported)}"] if rows.reported else []
    return f"Lignes du fichier\u00a0: {rows.total}, dont {', '.join(said)}."


def grades_in_words(problems: list[Found]) -> str:
    """« 1 problème critique, 3 erreurs, 12 avertissements. »; blank when there is none."""
    counts = [(sum(one.grade is grade for one in problems), words) for grade, words in WORDS.items()]
    said = [f"{count} {many if plural(count) else one}" for count, (one, many) in counts if count]
    return f"{', '.join(said)}." if said else ""


def outcome_in_words(outcome: Outcome) -> str:
    return fates_in_words(len(outcome.created), outcome.there, outcome.aside)
