"""What becomes of a file, said to whoever brought it: counts, what is left over, what was doubtful."""

from typing import Any

from ctg.web.templatetags.ui import plural

from .content import account
from .importing import Preview


def report_of(preview: Preview) -> dict[str, Any]:
    """As plain JSON; « cells » counts every cell of the file by what became of it."""
    read = preview.read
    return {
        "file": preview.source.name,
        "title": preview.title,
        "actions": [
            {"number": action.number, "title": action.title, "text": action.number_text}
            for action in read.actions
        ],
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
        "leftovers": [
            {"table": one.table, "cell": str(one.place), "text": one.text, "reason": one.reason}
            for one in read.leftovers
        ],
        "doubts": [one.reason for one in read.doubts],
        "notes": list(preview.source.notes),
        "cells": _accounts(preview),
    }


def _accounts(preview: Preview) -> dict[str, int]:
    found = account(preview.source, preview.read)
    counts = {role.value: count for role, count in found.counts.items()}
    return counts | {"leftover": found.leftover, "missing": len(found.missing), "lost": len(found.lost)}


def write_report(report: dict[str, Any]) -> str:
    lines = [
        f"{report['file']} : « {report['title']} »",
        counts_of(report),
        *(f"Colonne « {one['title']} » : {one['field'] or 'non reprise'}" for one in report["columns"]),
        *(f"Doute : {words}" for words in report["doubts"]),
        *(f"Note : {words}" for words in report["notes"]),
        *(
            f"Sans place : {one['table']}, {one['cell']} : {one['text'][:80]!r} ({one['reason']})"
            for one in report["leftovers"]
        ),
    ]
    return "\n".join(lines)


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
