import datetime as dt
from decimal import Decimal

import pytest

from indicators.figures.breakdowns import read_breakdowns
from indicators.figures.explanations import explain
from indicators.figures.own import by_organisation
from indicators.figures.sentences import say_figure, say_plan, say_rules, say_target, say_total, say_trend
from indicators.figures.totals import Total
from indicators.figures.yearly import read_figures
from indicators.models import Absence, Category, Indicator, Portion, State, Target
from tests import factories as f

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def plan(world):
    """A plan of 2025 to 2028, without the campaign of the world."""
    world.measurement.delete()
    world.campaign.solicitations.get().questions.all().delete()
    return world.plan


@pytest.fixture
def others(world):
    return [f.OrganisationFactory(territory=world.territory, name=name) for name in ("Caf", "CCAS")]


def indicator_of(plan, **fields):
    contributors = fields.pop("contributors", ())
    return f.IndicatorFactory(plan=plan, contributors=contributors, **fields)


def figures_of(indicator, today=TODAY):
    return read_figures(indicator.plan, [indicator], today=today)[indicator.pk]


def value(indicator, organisation, amount, **fields):
    details = {"year": 2026} | fields
    return f.MeasurementFactory(indicator=indicator, organisation=organisation, amount=amount, **details)


def test_a_year_is_what_its_values_make(plan, world, others):
    indicator = indicator_of(plan, contributors=[world.service, *others], unit="jeunes")
    value(indicator, world.service, 300, state=State.VALIDATED)
    value(indicator, others[0], 112)
    value(indicator, others[1], 1000, state=State.DRAFT)
    value(indicator, world.service, 90, year=2025)
    figure = figures_of(indicator).of_year(2026)
    assert figure.total.value == 412
    assert figure.total.contents == "2 porteurs sur 3, dont 1 valeur à valider\u00a0; il manque CCAS"


def test_every_year_of_the_plan_is_there_with_its_gaps(plan, world):
    indicator = indicator_of(plan, contributors=[world.service])
    value(indicator, world.service, 5, year=2026)
    figures = figures_of(indicator)
    assert [figure.key for figure in figures.trend] == ["2025", "2026", "2027", "2028"]
    assert [figure.total.value for figure in figures.trend] == [None, 5, None, None]
    assert [figure.is_due for figure in figures.trend] == [True, True, False, False]
    assert figures.of_year(2027).total.expected == 0


def test_a_quarter_is_awaited_once_it_has_begun(plan, world):
    indicator = indicator_of(plan, contributors=[world.service], frequency="quarter")
    value(indicator, world.service, 3, period="2026-T1")
    figure = figures_of(indicator, today=dt.date(2026, 5, 2)).of_year(2026)
    assert figure.total.missing == ["Service Jeunesse (2e trimestre 2026)"]


def test_a_campaign_says_of_whom_a_period_is_awaited(plan, world, others):
    indicator = indicator_of(plan, contributors=[world.service])
    campaign = f.CampaignFactory(plan=plan, period="2025")
    for organisation in others:
        f.SolicitationFactory(campaign=campaign, organisation=organisation, indicators=[indicator])
    figures = figures_of(indicator)
    assert figures.of_year(2025).total.missing == ["Caf", "CCAS"]
    assert figures.of_year(2026).total.missing == ["Service Jeunesse"]
    campaign.launched_at = None
    campaign.save()
    assert figures_of(indicator).of_year(2025).total.missing == ["Service Jeunesse"]


def test_a_trashed_contributor_is_awaited_no_more_and_its_values_stay(plan, world, others):
    indicator = indicator_of(plan, contributors=others)
    value(indicator, others[0], 4)
    for organisation in others:
        organisation.trashed_at = "2026-01-01T00:00Z"
        organisation.save()
    total = figures_of(indicator).of_year(2026).total
    assert (total.value, total.included, total.missing) == (4, ["Caf"], [])


def test_what_is_entered_once_stands_from_then_on(plan, world):
    indicator = indicator_of(plan, kind="deliverable", frequency="once", contributors=[world.service])
    value(indicator, world.service, 1, period="unique", year=2026, done_on=dt.date(2026, 3, 12))
    trend = figures_of(indicator, today=dt.date(2027, 2, 1)).trend
    assert [figure.total.value for figure in trend] == [None, 1, 1, 1]
    assert say_total(indicator, trend[1].total) == "fait le 12 mars 2026"


def test_years_entered_at_another_rhythm_keep_their_figure(plan, world):
    indicator = indicator_of(plan, contributors=[world.service], frequency="quarter")
    value(indicator, world.service, 40, year=2025)
    value(indicator, world.service, 9, period="2026-T1")
    figures = figures_of(indicator)
    assert [figures.of_year(year).total.value for year in (2025, 2026)] == [40, 9]
    assert figures.whole.total.value == 49


def test_all_years_together_follow_the_rule(plan, world):
    indicator = indicator_of(plan, contributors=[world.service], accrual="standing")
    Target.objects.create(indicator=indicator, year=None, value=12)
    value(indicator, world.service, 10, year=2025)
    value(indicator, world.service, 12, year=2026)
    whole = figures_of(indicator).whole
    assert (whole.total.value, whole.comparison.words) == (12, "cible atteinte")


def test_an_empty_answer_is_no_finding(plan, world):
    indicator = indicator_of(plan, kind="finding", contributors=[world.service])
    empty = value(indicator, world.service, None)
    assert figures_of(indicator).of_year(2026).total.missing == ["Service Jeunesse"]
    empty.finding = "Les familles viennent en bus."
    empty.save()
    assert figures_of(indicator).of_year(2026).total.is_complete


def test_the_sentence_of_a_plan_counts_what_is_complete_and_reached(plan, world):
    for amount, target in ((12, 10), (8, 10), (None, 10)):
        indicator = indicator_of(plan, contributors=[world.service])
        Target.objects.create(indicator=indicator, year=2026, value=target)
        if amount:
            value(indicator, world.service, amount)
    everything = Indicator.objects.filter(plan=plan).with_served()
    figures = read_figures(plan, everything, today=TODAY).values()
    expected = "En 2026, 2 indicateurs sur 4 ont leur valeur complète\u00a0; 1 cible atteinte."
    assert say_plan(figures, 2026) == expected


def test_the_sentence_of_a_figure_never_goes_without_its_target(plan, world, others):
    indicator = indicator_of(plan, contributors=[world.service, *others], unit="jeunes")
    Target.objects.create(indicator=indicator, year=2026, value=600)
    value(indicator, world.service, 412)
    figure = figures_of(indicator).of_year(2026)
    assert say_figure(indicator, figure) == (
        "En 2026, 412\u00a0jeunes pour une cible de 600\u00a0jeunes"
        " (au moins 412\u00a0: il manque au plus 188)."
    )


@pytest.mark.parametrize(
    ("kind", "before", "now", "words"),
    [
        ("count", 96, 108, "12 de plus qu’en 2025"),
        ("count", 96, 91, "5 de moins qu’en 2025"),
        ("count", 96, 96, "comme en 2025"),
        ("scale", 3, 4, "1 point de plus qu’en 2025"),
    ],
)
def test_the_trend_is_beside_the_last_year_with_a_value(plan, world, kind, before, now, words):
    indicator = indicator_of(plan, kind=kind, contributors=[world.service])
    value(indicator, world.service, before, base=10, year=2025)
    value(indicator, world.service, now, base=10)
    assert say_trend(figures_of(indicator), 2026) == words


def test_a_partial_year_is_not_compared(plan, world, others):
    indicator = indicator_of(plan, contributors=[world.service, *others])
    value(indicator, world.service, 96, year=2025)
    value(indicator, world.service, 108)
    assert say_trend(figures_of(indicator), 2026) == "96 en 2025"


@pytest.mark.parametrize(
    ("kind", "total", "said"),
    [
        ("share", Total(Decimal("22.5"), Decimal(27), Decimal(120)), "27 sur 120, soit 22,5\u00a0%"),
        ("scale", Total(Decimal("4.3333"), None, Decimal(41)), "4,33 sur 5 (41 répondants)"),
        ("deliverable", Total(Decimal(0), Decimal(2), Decimal(3)), "2 réalisées sur 3"),
        ("deliverable", Total(Decimal(0), Decimal(0), Decimal(1)), "pas encore fait"),
        (
            "deliverable",
            Total(Decimal(1), Decimal(2), Decimal(2), dt.date(2026, 3, 1)),
            "2 réalisées sur 2, la dernière le 1er mars 2026",
        ),
        ("count", Total(why_not="sans objet"), "sans objet"),
    ],
)
def test_a_total_in_words(kind, total, said):
    assert say_total(Indicator(kind=kind), total) == said


def test_a_target_in_words():
    between = Target(value=Decimal(4), upper=Decimal(6))
    assert say_target(Indicator(), between) == "entre 4 et 6"
    assert say_target(Indicator(), None) == "cible à fixer"
    assert say_target(Indicator(is_without_target=True), None) == "sans cible"


def test_every_rule_is_said_and_blank_is_never_zero(plan):
    for indicator in (indicator_of(plan, kind=kind) for kind in ("count", "share", "scale", "deliverable")):
        assert "Vide n’est jamais zéro" in say_rules(figures_of(indicator).rules)[-1]


# What is behind.


def test_the_rows_behind_a_figure_make_it(plan, world, others):
    indicator = indicator_of(
        plan, contributors=[world.service, *others], accrual="running", frequency="quarter"
    )
    value(
        indicator,
        world.service,
        10,
        period="2026-T1",
        entered_label="Dominique Petit",
        comment="Juin compris.",
    )
    value(indicator, world.service, 30, period="2026-T2")
    value(indicator, others[0], None, period="2026-T1", absence=Absence.NOT_YET)
    value(indicator, others[1], 7, period="2026-T1", state=State.RETURNED)
    explanation = explain(figures_of(indicator), "2026")
    assert explanation.figure.total.value == 30
    assert [(row.organisation, row.said, row.why_out) for row in explanation.reasons] == [
        ("Caf", "non disponible\u00a0: la donnée arrive plus tard", "hors du calcul"),
        ("Service Jeunesse", "10", "hors du calcul\u00a0: une valeur plus récente la remplace"),
        ("Service Jeunesse", "30", ""),
    ]
    assert explanation.reasons[1].detail.comment == "Juin compris."


@pytest.mark.parametrize("key", ["2019", "2026-T1", "unique", "", "20266", "Total"])
def test_what_is_no_year_of_the_indicator_has_no_explanation(plan, key):
    assert explain(figures_of(indicator_of(plan)), key) is None


def test_each_organisation_has_its_year_in_words(plan, world, others):
    indicator = indicator_of(
        plan, contributors=[world.service, *others], frequency="semester", gathering="none"
    )
    value(indicator, world.service, 10, period="2026-S1")
    value(indicator, world.service, 5, period="2026-S2")
    value(indicator, others[0], None, period="2026-S1", absence=Absence.UNTRACKED)
    found = by_organisation(figures_of(indicator))
    assert found.years == [2025, 2026]
    assert [(name, cells[1].said) for name, cells in found.rows] == [
        ("Caf", "non disponible\u00a0: la donnée n’est pas suivie"),
        ("CCAS", "pas encore de valeur"),
        ("Service Jeunesse", "15"),
    ]


def test_a_breakdown_says_what_it_leaves_out(plan, world, others):
    ages = f.DimensionFactory(territory=world.territory, name="Âge", categories=["Avant 18 ans", "Après"])
    sexes = f.DimensionFactory(territory=world.territory, name="Sexe", categories=["Femmes"])
    young, old, women = Category.objects.order_by("dimension_id", "position")
    indicator = indicator_of(plan, first_dimension=ages, second_dimension=sexes)
    first, second = value(indicator, others[0], 20), value(indicator, others[1], 10)
    draft = value(indicator, world.service, 99, state=State.DRAFT)
    for measurement, category, also, amount in (
        (first, young, women, 5),
        (first, young, None, 7),
        (first, old, None, 6),
        (second, young, None, 4),
        (draft, old, None, 99),
    ):
        Portion.objects.create(measurement=measurement, first=category, second=also, amount=amount)
    by_age, by_sex = read_breakdowns(figures_of(indicator), 2026)
    assert by_age.rows == [("Avant 18 ans", "16"), ("Après", "6")]
    assert by_age.check == "22 sur 30 ont une catégorie\u00a0: 8 sans catégorie."
    assert by_sex.rows == [("Femmes", "5")]
