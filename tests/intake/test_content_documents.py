"""Documents as Word writes them: sheets under headings, plans in paragraphs, tables that go on."""

from io import BytesIO

import pytest
from docx import Document

from ctg.intake.content import account, read_plan
from ctg.intake.layout import recognise
from ctg.intake.reading.direct import read_clipboard, read_file

pytestmark = pytest.mark.once


def saved(document):
    content = BytesIO()
    document.save(content)
    return read_file(content.getvalue(), "plan.docx")


def grid(document, *rows):
    table = document.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def read(file):
    plan = read_plan(file, recognise(file))
    assert account(file, plan).is_complete
    return plan


def test_sheets_take_their_title_and_their_axis_from_the_headings_of_the_document():
    document = Document()
    document.add_heading("Convention territoriale globale 2025-2029", 0)
    document.add_heading("Axe 1 : Petite enfance", 1)
    for number, title in ((1, "Créer un relais"), (2, "Former les agents")):
        document.add_heading(f"Fiche action n°{number} : {title}", 2)
        grid(
            document,
            ("Constats", "Peu d’offres"),
            ("Pilote", "CCAS"),
            ("Description", "Un lieu"),
            ("Calendrier", "2026"),
        )
    plan = read(saved(document))
    assert [(one.number, one.title, one.ambition) for one in plan.actions] == [
        (1, "Créer un relais", "Petite enfance"),
        (2, "Former les agents", "Petite enfance"),
    ]
    assert (plan.heading, plan.last_year) == ("Convention territoriale globale 2025-2029", 2029)
    assert not plan.leftovers


def test_a_plan_without_any_table_is_read_from_its_paragraphs():
    document = Document()
    for text in (
        "Plan d’actions CTG",
        "Axe 1 : Petite enfance",
        "Action 1 : Créer un relais",
        "Pilote : CCAS",
    ):
        document.add_paragraph(text)
    for text in ("Échéance : 2026", "Axe 2 : Jeunesse", "Action 2 : Ouvrir un lieu", "Pilote : MDA"):
        document.add_paragraph(text)
    assert [
        (one.title, one.ambition, one.leads_text, one.calendar_text) for one in read(saved(document)).actions
    ] == [
        ("Créer un relais", "Petite enfance", "CCAS", "2026"),
        ("Ouvrir un lieu", "Jeunesse", "MDA", ""),
    ]


def test_a_table_that_goes_on_takes_no_theme_from_the_words_before_it():
    document = Document()
    grid(document, ("Actions", "Pilote", "Calendrier"), ("Créer un lieu", "CCAS", "2026"))
    document.add_paragraph("Suite du plan")
    grid(document, ("Publier un guide", "Caf", "2027"))
    document.add_paragraph("Contacts")
    grid(document, ("Nom", "Téléphone", "Bureau"), ("Accueil", "01 02 03 04 05", "12"))
    plan = read(saved(document))
    assert [(one.title, one.leads_text, one.theme) for one in plan.actions] == [
        ("Créer un lieu", "CCAS", None),
        ("Publier un guide", "Caf", None),
    ]
    assert "01 02 03 04 05" in [leftover.text for leftover in plan.leftovers]


def test_a_pasted_table_is_read_with_its_merged_cells():
    html = (
        "<p>Plan CTG 2024-2028</p><table><tr><th rowspan=2>Action</th><th colspan=2>Suivi</th></tr>"
        "<tr><th>Pilote</th><th>Échéance</th></tr><tr><td colspan=3><b>AXE 1 : FAMILLES</b></td></tr>"
        "<tr><td><ul><li>Créer un lieu</li></ul></td><td>CCAS</td><td>2026</td></tr></table>"
    )
    (action,) = read(read_clipboard("", html)).actions
    assert (action.title, action.ambition, action.leads_text) == ("Créer un lieu", "FAMILLES", "CCAS")


def test_a_csv_of_an_old_excel_is_read():
    text = "Thème;Action;Pilote;Échéance\r\nEnfance;Créer un relais;CCAS;2026\r\n"
    text += ';"Former\nles agents";Mairie;été 2027\r\n'
    plan = read(read_file(text.encode("cp1252"), "plan.csv"))
    assert [(one.title, one.theme, one.calendar_text) for one in plan.actions] == [
        ("Créer un relais", "Enfance", "2026"),
        ("Former les agents", "Enfance", "été 2027"),
    ]
