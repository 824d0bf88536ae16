from django.urls import path, register_converter

from ctg.documents.exports import PAPER_FORMATS, Format
from ctg.documents.letterheads import Part
from ctg.documents.order import Layout
from ctg.documents.views import exports, letterheads, meetings, values

app_name = "documents"


class LayoutConverter:
    regex = "|".join(Layout)

    def to_python(self, value: str) -> Layout:
        return Layout(value)

    def to_url(self, value: str) -> str:
        return Layout(value)


class PaperConverter:
    regex = "|".join(PAPER_FORMATS)

    def to_python(self, value: str) -> Format:
        return Format(value)

    def to_url(self, value: str) -> str:
        return Format(value)


class PartConverter:
    regex = "|".join(Part)

    def to_python(self, value: str) -> Part:
        return Part(value)

    def to_url(self, value: str) -> str:
        return Part(value)


register_converter(LayoutConverter, "layout")
register_converter(PartConverter, "part")
register_converter(PaperConverter, "paper")

urlpatterns = [
    path("plans/<int:pk>/exports/<layout:layout>.xlsx", exports.plan_workbook, name="plan_workbook"),
    path(
        "plans/<int:pk>/exports/<layout:layout>.<paper:file_format>",
        exports.plan_document,
        name="plan_document",
    ),
    path("plans/<int:pk>/exports/actions.xlsx", exports.action_table, name="action_table"),
    path(
        "actions/<int:pk>/exports/fiche.<paper:file_format>", exports.action_document, name="action_document"
    ),
    path(
        "indicateurs/<int:pk>/fiche/<paper:file_format>/",
        exports.indicator_document,
        name="indicator_document",
    ),
    path("reunions/<int:pk>/ordre-du-jour/<paper:file_format>/", meetings.agenda, name="agenda"),
    path("reunions/<int:pk>/compte-rendu/<paper:file_format>/", meetings.minutes, name="minutes"),
    path("plans/<int:pk>/exports/valeurs.xlsx", values.value_workbook, name="value_workbook"),
    path("plans/<int:pk>/exports/valeurs.csv", values.value_csv, name="value_csv"),
    path("territoires/<int:pk>/papier-a-en-tete/", letterheads.letterhead, name="letterhead"),
    path("territoires/<int:pk>/papier-a-en-tete/logo/", letterheads.letterhead_logo, name="letterhead_logo"),
    path(
        "territoires/<int:pk>/papier-a-en-tete/modele/",
        letterheads.letterhead_template,
        name="letterhead_template",
    ),
    path(
        "territoires/<int:pk>/papier-a-en-tete/modele-de-depart/",
        letterheads.starting_template,
        name="starting_template",
    ),
    path(
        "territoires/<int:pk>/papier-a-en-tete/<part:part>/remplacer/",
        letterheads.letterhead_replace,
        name="letterhead_replace",
    ),
    path(
        "territoires/<int:pk>/papier-a-en-tete/<part:part>/retirer/",
        letterheads.letterhead_remove,
        name="letterhead_remove",
    ),
]
