import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string

from ctg.web.forms import HouseForm
from ctg.web.templatetags import ui

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "static" / "css"
STYLESHEETS = sorted(CSS.rglob("*.css"))
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


class NoteForm(HouseForm):
    title = forms.CharField(label="Intitulé", help_text="Tel que le plan le dit.")
    calendar = forms.CharField(label="Calendrier", required=False)
    priority = forms.ChoiceField(label="Priorité", choices=[("1", "Haute")], widget=forms.RadioSelect)
    recurring = forms.BooleanField(label="Récurrente", required=False)


def field(name: str, data: dict[str, str] | None = None) -> str:
    return render_to_string("components/_field.html", {"field": NoteForm(data)[name]})


# Values as people write them


@pytest.mark.parametrize(
    ("value", "written"),
    [(date(2026, 3, 1), "1er mars 2026"), (date(2026, 2, 21), "21 février 2026"), (None, "")],
)
def test_a_day_is_written_in_full(value, written):
    assert ui.day(value) == written


def test_a_moment_is_written_as_the_day_it_is_here():
    assert ui.day(datetime(2026, 7, 31, 22, 30, tzinfo=UTC)) == "1er août 2026"


@pytest.mark.parametrize(
    ("today", "written"),
    [(date(2026, 1, 1), "28 sept."), (date(2027, 1, 1), "28 sept. 2026"), (None, "28 sept. 2026")],
)
def test_a_short_day_leaves_out_the_year_of_today(today, written):
    assert ui.short_day(date(2026, 9, 28), today) == written


def test_every_month_has_both_names():
    assert len(ui.MONTHS) == len(ui.SHORT_MONTHS) == 12


@pytest.mark.parametrize(("value", "written"), [(55, "55\u00a0%"), (0, "0\u00a0%"), (None, "")])
def test_a_progress_of_zero_is_not_an_absence(value, written):
    assert ui.percent(value) == written


@pytest.mark.parametrize(("count", "written"), [(0, "0 action"), (1, "1 action"), (2, "2 actions")])
def test_zero_is_singular(count, written):
    assert render("{{ n }} action{{ n|plural }}", n=count) == written


def test_a_plural_may_replace_an_ending():
    assert render("région{{ n|plural:'al,aux' }}", n=2) == "régionaux"


# Typed text


def test_typed_text_keeps_its_paragraphs_lines_and_dashes():
    typed = "Bonjour,\r\nvoici :\r\n\r\n- un\r\n- deux\r\n \r\nFin"
    assert ui.paragraphs(typed) == "<p>Bonjour,<br>voici :</p><ul><li>un</li><li>deux</li></ul><p>Fin</p>"


def test_typed_text_is_escaped():
    assert (
        ui.paragraphs("<b>\n- <i>\n\n- <u>") == "<p>&lt;b&gt;<br>- &lt;i&gt;</p><ul><li>&lt;u&gt;</li></ul>"
    )


def test_no_text_is_no_paragraph():
    assert ui.paragraphs(" \n ") == ""


# Blocks and shapes


def test_a_panel_holds_what_it_is_given_and_escapes_its_title():
    html = render("{% panel title level=3 %}<p>{{ title }}</p>{% endpanel %}", title="<Jalons>")
    title = "&lt;Jalons&gt;"
    assert html == f'<section class="panel"><h3 class="panel__title">{title}</h3><p>{title}</p></section>'


def test_a_status_is_a_colour_a_shape_and_a_word():
    html = render('{% status "ongoing" "en cours" %}')
    assert 'class="status status--ongoing"' in html
    assert 'href="#i-ongoing"' in html
    assert html.endswith("En cours</span>")


def test_no_opinion_has_a_shape_of_its_own():
    assert "status--none" in render('{% status "" "sans avis" %}')


def test_every_shape_that_a_template_draws_is_in_the_sprite():
    drawn = {
        name
        for template in TEMPLATES
        for name in re.findall(r'{% icon "([\w-]+)" %}|href="#i-([\w-]+)"', template.read_text())
        for name in name
        if name
    }
    sprite = set(re.findall(r'id="i-([\w-]+)"', render_to_string("components/_icons.html")))
    assert drawn <= sprite
    statuses = set(re.findall(r"\.status--([\w-]+)", (CSS / "components" / "status.css").read_text()))
    assert statuses | {"fine"} <= sprite


# Fields


def test_help_and_error_are_tied_to_their_field():
    html = field("title", {})
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described is not None
    assert described[1].split() == ["id_title_helptext", "id_title_error"]
    assert all(f'id="{target}"' in html for target in described[1].split())


def test_a_group_of_choices_is_a_fieldset_tied_to_its_error():
    html = field("priority", {})
    assert '<fieldset class="field" aria-describedby="id_priority_error">' in html
    assert 'id="id_priority_error"' in html
    assert "<legend" in html


def test_optional_fields_say_so_and_the_others_do_not():
    assert "(facultatif)" in field("calendar")
    assert "(facultatif)" not in field("title") + field("priority")


def test_a_box_stands_in_its_label():
    assert re.search(r"<label[^>]*><input[^>]*> Récurrente</label>", field("recurring"))


def test_the_summary_counts_errors_and_leads_to_each_field():
    html = render_to_string("components/_form_errors.html", {"form": NoteForm({})})
    assert "2 points à corriger" in html
    assert re.findall(r'href="#([^"]+)"', html) == ["id_title", "id_priority_0"]
    assert "autofocus" in html


def test_a_form_without_errors_has_no_summary():
    assert render_to_string("components/_form_errors.html", {"form": NoteForm()}).strip() == ""


# Stylesheets


def test_the_table_of_contents_names_every_stylesheet_once():
    rules = (CSS / "app.css").read_text().splitlines()
    assert rules[0] == "@layer reset, tokens, base, layout, components, print;"
    imports = [re.fullmatch(r'@import url\("([\w/-]+\.css)"\) layer\((\w+)\);', rule) for rule in rules[1:]]
    named = [rule[1] for rule in imports if rule]
    assert len(named) == len(rules) - 1
    assert sorted(named) == sorted(
        str(sheet.relative_to(CSS)) for sheet in STYLESHEETS if sheet.name != "app.css"
    )


@pytest.mark.parametrize("sheet", STYLESHEETS, ids=lambda sheet: sheet.stem)
def test_colours_are_named_in_the_tokens_only(sheet):
    assert sheet.name == "tokens.css" or not re.findall(
        r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", sheet.read_text()
    )


@pytest.mark.parametrize("sheet", STYLESHEETS, ids=lambda sheet: sheet.stem)
def test_a_modifier_sets_custom_properties_and_nothing_else(sheet):
    for body in re.findall(r"\.[\w-]+--[\w-]+ {([^{}]*)", sheet.read_text()):
        assert all(rule.strip().startswith("--") for rule in body.split(";") if rule.strip())


@pytest.mark.parametrize("sheet", STYLESHEETS, ids=lambda sheet: sheet.stem)
def test_a_stylesheet_stays_short_and_without_force(sheet):
    text = sheet.read_text()
    assert len(text.splitlines()) <= 150
    assert "!important" not in text
    assert text.count("{") == text.count("}")


def test_scripts_stay_short():
    scripts = sorted((ROOT / "static" / "js").glob("*.js"))
    assert [script.stem for script in scripts] == [
        *("app", "block", "definition", "echo", "form", "grid", "kanban", "menu", "session", "unsaved")
    ]
    assert all(len(script.read_text().splitlines()) < 60 for script in scripts)
