"""The description that programs read first: a Tabular Data Package, with a Table Schema for each file."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import slugify

from ctg.web.text import fold

from .columns import Table
from .rows import PlanRow

LICENSE = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}


def license_of() -> str:
    return LICENSE["title"]


def describe_package(plan: PlanRow, tables: Sequence[Table], *, whole: str) -> dict[str, Any]:
    """What the files are, under which licence, of which day."""
    years = "-".join(str(year) for year in (plan.first_year, plan.last_year) if year)
    return {
        "profile": "tabular-data-package",
        "name": slugify(fold(f"ctg {plan.territory} {years}")) or "ctg",
        "title": f"{plan.title}, {plan.territory}",
        "description": "Actions, jalons, indicateurs et valeurs validées d’une Convention territoriale "
        "globale, sans donnée personnelle\u00a0; les comptes de moins de 5 personnes sont masqués. "
        f"{whole} dit la même chose en un fichier.",
        "created": f"{plan.read_on.isoformat()}T00:00:00Z",
        "licenses": [LICENSE],
        "contributors": [{"title": plan.territory, "role": "publisher"}],
        "resources": [_describe_table(table) for table in tables],
    }


def _describe_table(table: Table) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.file,
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ";", "lineTerminator": "\r\n", "doubleQuote": True, "header": True},
        "schema": table.schema,
    }
