"""The printed sheet of an indicator: what it says, whatever is in it, accessible and archivable."""

import datetime as dt
from decimal import Decimal
from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ctg.documents.indicator_reading import IndicatorReading
from ctg.documents.papers.blocks import Drawing
from ctg.documents.papers.indicator import indicator_paper
from ctg.documents.pdf.renderer import render_pdf, write_pdf
from ctg.documents.word.writer import write_docx
from indicators.models import Indicator, Kind, Measurement, Portion, State, Target
from partners import tracking
from partners.tracking import Author
from tests import factories as f
from tests.documents.files import TODAY, failures, html_of, inside
from tests.documents.hostile import LONG, PAYLOADS, STORED
from tests.documents.tagged import tables_of, text_of, tight

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SHORT = {name: text for name, text in STORED.items() if name not in ("long", "emoji")}
RELATED = ("plan__territory", "common", "first_dimension", "second_dimension")


def paper_of(indicator):
    indicator = Indicator.objects.select_related(*RELATED).get(pk=indicator.pk)
    return indicator_paper(IndicatorReading(indicator, TODAY))


def words_of(paper):
    document = docx.Document(BytesIO(write_docx(paper)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def drawings_of(paper):
    return [block for section in paper.sections for block in section.blocks if isinstance(block, Drawing)]


@pytest.fixture
def plan(db):
    return f.PlanFactory(territory__name="Communauté du Val", first_year=2025, last_year=2028)


@pytest.fixture
def told(plan):
    """An indicator of which everything is said: two contributors, one of whom is missing this year."""
    caf, ccas = (f.OrganisationFactory(territory=plan.territory, name=name) for name in ("Caf", "CCAS"))
    indicator = f.IndicatorFactory(
        plan=plan,
        wording="Familles accueillies",
        unit="familles",
        is_key=True,
        guidance="Chaque famille, une fois.",
        exclusions="Les familles seulement inscrites.",
        source="Registre d’accueil",
        method="Compter les fiches.",
        keeper="Dominique Petit",
        available="chaque mois de mars",
        frequency="year",
        direction="up",
        baseline=310,
        baseline_on=dt.date(2024, 12, 31),
        baseline_source="Diagnostic",
        first_dimension=f.DimensionFactory(
            territory=plan.territory, name="Commune", categories=["Maule", "Bazemont"]
        ),
        contributors=[caf, ccas],
        actions=[f.ActionFactory(plan=plan, number=3), f.ActionFactory(plan=plan, number=12)],
        common=f.CommonIndicatorFactory(wording="Familles du territoire"),
    )
    Target.objects.create(indicator=indicator, year=2026, value=450)
    Target.objects.create(indicator=indicator, year=None, value=1_500)
    for organisation in (caf, ccas):
        f.MeasurementFactory(indicator=indicator, organisation=organisation, year=2025, amount=200)
    value = f.MeasurementFactory(indicator=indicator, organisation=caf, year=2026, amount=Decimal("1240"))
    maule = indicator.first_dimension.categories.get(name="Maule")
    Portion.objects.create(measurement=value, first=maule, amount=800)
    return indicator


def test_it_says_everything_that_is_known(told):
    text = words_of(paper_of(told))
    for words in (
        *("Communauté du Val", "Indicateur : Familles accueillies", "Données du 22 novembre 2026"),
        *("En 2026, 1 240 familles pour une cible de 450 familles (cible déjà atteinte).", "Indicateur clé"),
        *("Nombre, unité : familles", "Familles du territoire", "les actions 3 et 12"),
        *("À compter : Chaque famille, une fois.", "À ne pas compter : Les familles seulement inscrites."),
        *("Source : Registre d’accueil", "Méthode : Compter les fiches.", "Qui en répond : Dominique Petit"),
        *("Disponible : chaque mois de mars", "Fréquence : chaque année", "Contributeurs : Caf et CCAS"),
        *("Sens : plus c’est haut, mieux c’est", "2026 : 450 familles", "En fin de plan : 1 500 familles"),
        *("Départ : 310 familles, le 31 décembre 2024 (Diagnostic)", "Ventilations : Commune"),
        *("On additionne les valeurs des porteurs.", "D’une période à l’autre, les valeurs s’ajoutent."),
        *("400 familles", "2 porteurs sur 2", "1 porteur sur 2, dont 1 valeur à valider ; il manque CCAS"),
        *("Par organisme, en 2026", "pas encore de valeur", "Par commune, en 2026", "Maule", "800 familles"),
        *("800 sur 1 240 ont une catégorie : 440 sans catégorie.", "à venir"),
    ):
        assert words in text, words


def test_the_chart_is_said_by_its_sentence_to_those_who_do_not_see_it(told):
    (drawing,) = drawings_of(paper_of(told))
    assert drawing.sentence.startswith("Départ\u00a0: 310\u00a0familles\u00a0; 2025\u00a0: 400\u00a0familles")
    content = inside(write_pdf(paper_of(told)))
    assert b"/S /Figure" in content
    assert b"/Alt" in content and drawing.sentence.encode("utf-16-be").hex().encode() in content
    assert tight(drawing.sentence) in text_of(write_pdf(paper_of(told)))
    assert tight(drawing.sentence) in tight(words_of(paper_of(told)))


def test_a_chart_without_its_sentence_is_refused_by_the_checker(told):
    html = html_of(paper_of(told))
    assert not failures(render_pdf(html))
    start, _, rest = html.partition("<title>Départ")
    assert any("FIGURE" in rule for _, rule in failures(render_pdf(start + rest.partition("</title>")[2])))


def test_a_changed_target_keeps_its_reason(told):
    by, seen = Author("Camille"), told.version
    values = {"targets": [[2026, "600", None]]}
    tracking.change(told, values, by=by, at=timezone.now(), seen=seen, reason="Une crèche de plus.")
    text = words_of(paper_of(told))
    assert "Cibles modifiées" in text and "Une crèche de plus." in text
    assert "2026 : 450" in text and "2026 : 600" in text


@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED])
def test_what_was_not_sent_is_in_no_document(told, state):
    Measurement.objects.filter(year=2026).update(state=state)
    assert "1 240" not in words_of(paper_of(told))


def test_an_indicator_of_which_nothing_is_said_is_still_a_document(plan):
    indicator = f.IndicatorFactory(plan=plan)
    paper = paper_of(indicator)
    text = words_of(paper)
    assert not drawings_of(paper)
    assert text.count("à préciser") >= 3
    assert "Aucun organisme n’est encore attendu" in text
    assert not failures(write_pdf(paper))


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_accessible_and_archivable(plan, told, kind):
    Indicator.objects.filter(pk=told.pk).update(kind=kind)
    Measurement.objects.update(amount=1, base=4, finding="Les familles reviennent.")
    if kind == Kind.FINDING:
        Measurement.objects.update(amount=None, base=None)
    paper = paper_of(told)
    assert not failures(write_pdf(paper))
    assert words_of(paper)


def test_findings_are_read_organisation_by_organisation(told):
    Indicator.objects.filter(pk=told.pk).update(kind=Kind.FINDING)
    Measurement.objects.update(amount=None, finding="Les familles reviennent.")
    assert "Caf : Les familles reviennent. (à valider)" in words_of(paper_of(told))


def fill(told, text):
    """Put the text wherever a person may write in the definition, the names and the values."""
    texts = {"wording": text[:300], "unit": text[:60], "source": text[:300], "keeper": text[:200]}
    texts |= {"available": text[:200], "baseline_source": text[:300]}
    texts |= dict.fromkeys(("guidance", "exclusions", "method"), text)
    Indicator.objects.filter(pk=told.pk).update(**texts)
    for organisation in told.contributors.all():
        organisation.name = f"{text[:190]} {organisation.pk}"
        organisation.save()
    dimension = told.first_dimension
    dimension.name = text[:100]
    dimension.save()
    dimension.categories.filter(name="Maule").update(name=text[:100])


@pytest.mark.parametrize("text", SHORT.values(), ids=SHORT)
def test_whatever_is_stored_is_printed(told, text):
    fill(told, text)
    paper = paper_of(told)
    assert not failures(write_pdf(paper))
    assert words_of(paper)


def test_forty_thousand_characters_are_printed_whole(told):
    Indicator.objects.filter(pk=told.pk).update(kind=Kind.FINDING, guidance=LONG)
    Measurement.objects.filter(year=2026).update(amount=None, finding=LONG)
    paper = paper_of(told)
    assert words_of(paper).count(LONG) == html_of(paper).count(LONG) == 2
    assert not failures(write_pdf(paper))


def test_no_text_becomes_a_command(told):
    fill(told, "\n".join(PAYLOADS))
    html = html_of(paper_of(told))
    assert "<script" not in html and "<img" not in html and 'javascript:alert(1)">' not in html
    content = inside(write_pdf(paper_of(told)))
    for action in (b"/JavaScript", b"/Launch", b"/URI", b"/SubmitForm", b"/EmbeddedFile "):
        assert action not in content.replace(b"/OpenAction << /S /JavaScript >>", b""), action


def test_twelve_years_of_values_stay_on_the_page(told):
    for year in range(2014, 2025):
        for organisation in told.contributors.all():
            f.MeasurementFactory(indicator=told, organisation=organisation, year=year, amount=10**9)
    paper = paper_of(told)
    content = write_pdf(paper)
    assert not failures(content)
    years = [row[0] for rows in tables_of(content) if rows[0][0] == "Année" for row in rows[1:]]
    assert years == ["Départ", *map(str, range(2017, 2029)), "Toutesannées"]


def test_its_page_leads_to_both_documents_under_a_plain_name(world, client_of):
    indicator = world.plan.indicators.first() or f.IndicatorFactory(plan=world.plan)
    Indicator.objects.filter(pk=indicator.pk).update(wording="Familles accueillies")
    page = client_of(world.elise).get(indicator.get_absolute_url()).text
    for file_format in ("pdf", "docx"):
        path = reverse("documents:indicator_document", args=[indicator.pk, file_format])
        assert path in page
        response = client_of(world.elise).get(path)
        name = f"fiche-indicateur-familles-accueillies-pays-de-rivemont-{timezone.localdate()}.{file_format}"
        assert f'filename="{name}"' in response["Content-Disposition"]
        assert client_of(world.nadia).get(path).status_code == 404


def test_twelve_values_cost_what_two_cost(told):
    def cost():
        with CaptureQueriesContext(connection) as counted:
            html_of(paper_of(told))
        return len(counted)

    few = cost()
    for rank in range(11):
        organisation = f.OrganisationFactory(territory=told.plan.territory)
        told.contributors.add(organisation)
        told.actions.add(f.ActionFactory(plan=told.plan, number=100 + rank))
        f.MeasurementFactory(indicator=told, organisation=organisation, year=2026)
        Target.objects.create(indicator=told, year=2027 + rank, value=rank)
    assert cost() == few
