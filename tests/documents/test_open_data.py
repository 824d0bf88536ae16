"""The open data of the demonstration: each figure is the one that the pages say."""

import json
from decimal import Decimal

import pytest

from actions.models import Action, Plan, Seat
from ctg.dashboards.public.fields import Shown
from ctg.dashboards.public.masking import MASKED, TOO_FEW
from ctg.dashboards.public.reading import read_public
from ctg.web.numbers import write_number
from indicators.figures.yearly import read_figures
from indicators.models import Indicator, Kind, Measurement, State
from partners.models import Organisation, User
from tests import factories as f
from tests.opendata.checker import complaints
from tests.opendata.files import everything, files_of
from tests.opendata.test_files import assert_same_everywhere

#: The states of a figure that the public page says too.
SAID = ("publiée", "masquée")


@pytest.fixture
def plans(demo_day, db):
    return list(Plan.objects.select_related("territory"))


def test_every_format_says_the_same_and_follows_its_schema(plans, demo_day):
    for plan in plans:
        files = files_of(plan, demo_day)
        assert not list(complaints(files))
        assert_same_everywhere(files)


def test_each_published_figure_is_that_of_the_page_of_its_indicator(plans, demo_day):
    compared = 0
    for plan in plans:
        indicators = list(Indicator.objects.filter(plan=plan))
        figures = read_figures(plan, indicators, today=demo_day)
        for row in json.loads(files_of(plan, demo_day)["plan.json"])["valeurs"]:
            figure = figures[row["indicateur"]].of_year(row["annee"])
            if row["valeur"] is None:
                assert row["etat"] != "publiée"
                continue
            assert not figure.total.to_validate
            assert row["valeur"] == pytest.approx(float(figure.total.value), abs=0.00005)
            assert row["cible"] == (float(figure.target.value) if figure.target else None)
            assert row["complet"] == figure.total.is_complete
            compared += 1
    assert compared > 20


def test_each_key_figure_of_the_public_page_is_published_or_masked_alike(plans, demo_day):
    Measurement.objects.filter(state=State.SUBMITTED).update(state=State.VALIDATED)
    states = set()
    for plan in plans:
        page = f.PublicPageFactory(plan=plan, slug=f"demo-{plan.pk}", shown=[Shown.FIGURES])
        public = read_public(page, demo_day)
        published = json.loads(files_of(plan, demo_day)["plan.json"])
        keys = {one["identifiant"]: one["type"] for one in published["indicateurs"] if one["indicateur_cle"]}
        ours = {
            one["intitule"]: one
            for one in published["valeurs"]
            if one["annee"] == public.figures_year and one["indicateur"] in keys and one["etat"] in SAID
        }
        assert {one.wording for one in public.figures} == set(ours)
        for one in public.figures:
            row = ours[one.wording]
            states.add(row["etat"])
            if row["etat"] == "masquée":
                assert one.value in (MASKED, TOO_FEW) and row["valeur"] is None
            elif keys[row["indicateur"]] != Kind.DELIVERABLE.label:
                number = row["valeur"] if row["numerateur"] is None else row["numerateur"]
                assert one.value.startswith(write_number(Decimal(str(number)), 2))
    assert "publiée" in states


def test_nobody_of_the_demonstration_is_named(plans, demo_day):
    names = {user.get_full_name() for user in User.objects.all()} | set(
        Seat.objects.values_list("name", flat=True)
    )
    names |= set(Organisation.objects.values_list("contact_name", flat=True))
    names |= set(Action.objects.values_list("elected_lead", flat=True))
    for plan in plans:
        text = everything(files_of(plan, demo_day))
        assert [name for name in names if name and name in text] == []
        assert "@" not in text
