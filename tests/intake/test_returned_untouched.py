"""E3: what leaves and comes back as it left changes nothing, whatever it holds (`trust.md`)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.models import Part
from ctg.intake.reading.direct import read_file
from ctg.intake.returned.recognising import find_stamp, without_marks
from tests import factories as f
from tests.documents.conftest import load
from tests.documents.hostile import LONG, PAYLOADS, STORED, poison
from tests.intake.leaving import EXPORTS, diff_of, flat, shuffled

pytestmark = pytest.mark.django_db

SOURCES = ("gally-mauldre.toml", "territoire-de-demonstration.toml")
#: Texts that look like what the workbooks themselves write.
TRAPS = (
    *(
        "Action 3 : Autre chose",
        "Cette action consiste à :",
        "Finalité : tout",
        "À classer",
        "a\n\n\nb  c\td",
    ),
    *("… (suite\u00a0: feuille «\u00a0Textes longs\u00a0», ligne 2)", "action.1.1|", "12", "50 %", "1 / 2"),
)


def is_untouched(content, plan):
    diff = diff_of(content, plan)
    return diff.is_empty and not diff.notes


@pytest.mark.parametrize("source", SOURCES)
def test_both_source_plans_come_back_as_they_left(source):
    plan = load(source)
    for name, export in EXPORTS.items():
        assert is_untouched(export(plan), plan), name


@pytest.mark.once
@pytest.mark.parametrize(
    "text", [*STORED.values(), *TRAPS[:3], *PAYLOADS[:2]], ids=lambda text: repr(text)[:20]
)
def test_hostile_texts_come_back_as_they_left(text):
    plan = f.PlanFactory()
    poison(plan, text)
    for name, export in EXPORTS.items():
        assert is_untouched(export(plan), plan), name


SHORT = [text for text in STORED.values() if text != LONG]
WORDS = st.one_of(st.sampled_from([*TRAPS, *PAYLOADS, *SHORT]), st.text(max_size=40))
TEXTS = st.lists(WORDS, max_size=4).map("\n".join)
FIELDS = (
    *("purpose", "content", "methods", "effects", "audiences", "partners_text", "factors_text"),
    *("quantitative_text", "status_reason", "priority_reason"),
)


@st.composite
def plans(draw):
    """The titles of the headings, and for each action where it stands and what it says."""
    titles = draw(st.lists(WORDS, min_size=1, max_size=3))
    places = st.none() | st.integers(0, len(titles) - 1)
    action = st.fixed_dictionaries(
        {"title": WORDS, "place": places, "labels": WORDS, "parts": st.lists(WORDS, max_size=2, unique=True)}
        | dict.fromkeys(FIELDS, TEXTS)
    )
    return titles, draw(st.lists(action, max_size=3))


def make(titles, actions):
    """Nothing is refused: the database may hold more than forms let in."""
    plan = f.PlanFactory()
    under = {"plan": plan}
    ambitions = [f.AmbitionFactory(**under, title=title, impacts=[title]) for title in titles]
    headings = {
        "ambition": ambitions,
        "orientation": [f.OrientationFactory(**under, ambition=one, title=one.title) for one in ambitions],
        "theme": [f.ThemeFactory(**under, title=title) for title in titles],
        "need": [f.NeedFactory(**under, title=title) for title in titles],
        "objective": [f.ObjectiveFactory(**under, title=title) for title in titles],
    }
    for number, told in enumerate(actions, 1):
        place = told["place"]
        placed = {} if place is None else {level: found[place] for level, found in headings.items()}
        texts = {name: stored(told[name]) for name in FIELDS}
        label = stored(told["labels"])[:100]
        action = f.ActionFactory(
            **under,
            **placed,
            **texts,
            number=number,
            title=stored(told["title"]),
            purpose_label=label,
            content_label=label,
            effects_label=label,
        )
        for name in told["parts"]:
            organisation = f.OrganisationFactory(territory=plan.territory, name=stored(name)[:200])
            f.InvolvementFactory(action=action, organisation=organisation, part=Part.PARTNER)
            f.FactorFactory(action=action, text=stored(name))
            f.IndicatorFactory(plan=plan, wording=stored(name)[:300], actions=[action])
    return plan


def stored(text):
    """What both databases can hold of a text."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


@pytest.mark.once
@given(plans())
@settings(max_examples=5, suppress_health_check=list(HealthCheck))
def test_any_plan_comes_back_as_it_left(db, told):
    plan = make(*told)
    for name, export in EXPORTS.items():
        assert is_untouched(export(plan), plan), name


@pytest.mark.once
def test_rows_and_columns_in_any_order_change_nothing():
    plan = load(SOURCES[0])
    assert is_untouched(shuffled(flat(plan), 1), plan)


@pytest.mark.once
def test_a_workbook_of_another_installation_is_none_of_ours(settings):
    content = flat(f.ActionFactory().plan)
    assert find_stamp(read_file(content, "plan.xlsx"))
    settings.SECRET_KEY = "une autre installation"
    assert find_stamp(read_file(content, "plan.xlsx")) is None


@pytest.mark.once
def test_read_as_any_file_a_workbook_shows_no_mark():
    plan = f.ActionFactory(content=LONG).plan
    for export in EXPORTS.values():
        source = without_marks(read_file(export(plan), "plan.xlsx"))
        texts = [cell.text for table in source.tables for cell in table.cells.values()]
        assert not [text for text in texts if "Repère" in text or "action." in text or text in ("s", "n")]
        assert not [note for note in source.notes if "masquée" in note]


@pytest.mark.once
def test_fields_of_the_plan_come_back_as_they_left():
    plan = f.PlanFactory()
    kinds = {"number": "12.50", "date": "2026-03-31", "yes_no": True}
    fields = {f.CustomFieldFactory(plan=plan, kind=kind).name: value for kind, value in kinds.items()}
    f.ActionFactory(plan=plan, custom_values=fields)
    for name, export in EXPORTS.items():
        assert is_untouched(export(plan), plan), name
