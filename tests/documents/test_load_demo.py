"""The demonstration: plausible on whatever day it is loaded."""

import datetime as dt
import re
from collections import Counter

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.utils import timezone

from actions.models import Action, Factor, Milestone, Plan, ProgressNote, Status
from actions.models.status import NEEDS_A_WORD, NEEDS_REASON
from ctg.cycle.closing.content import content_of
from ctg.cycle.closing.loading import load
from ctg.cycle.closing.opening import open_package
from ctg.documents.demonstration.day import Day
from ctg.documents.demonstration.script import FIXTURES
from indicators.models import Indicator
from partners.models import Change, Membership, Organisation, Role, User
from partners.tracking import Author
from tests.cycle.packages import write

STRATEGIC = "Plan d’actions CTG"
THEMATIC = "Plan d’actions CTG 2025-2028"


@pytest.fixture(scope="module")
def today(demo_day):
    return demo_day


@pytest.fixture
def demo(settings):
    settings.DEMO = True


@pytest.fixture(params=[STRATEGIC, THEMATIC])
def plan(request, today, db):
    return Plan.objects.get(title=request.param)


def test_the_follow_up_is_varied(plan, today):
    actions = list(plan.actions.all())
    assert len(actions) == {STRATEGIC: 17, THEMATIC: 19}[plan.title]
    assert sum(action.is_late(today) for action in actions) == 2
    assert any(action.recurring for action in actions)
    weather = Counter(action.confidence for action in actions)
    assert set(weather) == {"fine", "watch", "hard", ""}


def test_all_statuses_are_shown(today, db):
    assert set(Action.objects.filter(plan__title=STRATEGIC).values_list("status", flat=True)) == set(Status)
    thematic = set(Action.objects.filter(plan__title=THEMATIC).values_list("status", flat=True))
    # Years after the vote, what was to come has come.
    assert thematic == set(Status) if today.year == 2026 else {"done", "abandoned", "suspended"} <= thematic


def test_reasons_and_words_are_there_where_they_are_asked(plan):
    for action in plan.actions.all():
        assert bool(action.status_reason) == (action.status in NEEDS_REASON)
        if action.confidence in NEEDS_A_WORD:
            assert action.notes.exists() or action.status_reason


def test_milestones_are_reached_missed_and_to_come(plan, today):
    milestones = Milestone.objects.filter(action__plan=plan)
    assert milestones.filter(reached_on__lt=today).exists()
    assert milestones.filter(reached_on=None, due_on__lt=today).exists()
    assert milestones.filter(reached_on=None, due_on__gt=today).exists()


def test_factors_are_qualified(plan, today):
    factors = Factor.objects.filter(action__plan=plan).exclude(kind="")
    assert {factor.kind for factor in factors} == {"brake", "lever"}
    assert factors.filter(since__lt=today).exclude(handler="").exists()
    assert Factor.objects.filter(removed_on__lt=today).exists()


def test_one_note_of_each_plan_is_for_the_coordination_alone(plan):
    private = ProgressNote.objects.filter(action__plan=plan, audience="coordinators")
    assert private.count() == 1
    assert Change.objects.get(kind="progressnote", object_id=private.get().pk).is_private


def test_notes_are_short_and_long(today, db):
    lengths = [len(note.text) for note in ProgressNote.objects.all()]
    assert min(lengths) < 60
    assert max(lengths) > 700


def test_nothing_is_told_before_it_happens(today, db):
    loaded_at = dt.datetime.combine(today, dt.time(9), tzinfo=dt.UTC)
    moments = list(Change.objects.values_list("at", flat=True))
    assert max(moments) < loaded_at
    assert min(moments) > loaded_at - dt.timedelta(days=345)
    assert not ProgressNote.objects.filter(written_at__gte=loaded_at).exists()


def test_the_history_of_a_thing_follows_its_versions(today, db):
    things = {}
    for change in Change.objects.order_by("version", "pk"):
        things.setdefault((change.kind, change.object_id), []).append(change.at)
    assert all(moments == sorted(moments) for moments in things.values())


def test_each_change_is_signed_by_who_may_make_it(today, db):
    signed = Change.objects.exclude(author=None).select_related("author")
    # Those who answer by a personal link have no account.
    nameless = Change.objects.filter(author=None)
    by_link = nameless.filter(kind="measurement").values_list("author_label", flat=True)
    assert {"Camille Berthier, CCAS", "Maud Perrot, Espace de vie sociale"} <= set(by_link)
    others = nameless.exclude(kind="measurement").values_list("author_label", flat=True)
    assert set(others) == {"Import du plan voté"}
    labels = set(signed.values_list("author_label", flat=True))
    assert labels >= {
        "Claire Morvan, coordination",
        "Sofia Lemaire, Service Communication",
        "Isabelle Roussel, Caf",
    }
    for user in User.objects.filter(changes__isnull=False).distinct():
        changed = set(user.changes.filter(kind="action").values_list("object_id", flat=True))
        noted = set(user.notes.values_list("action", flat=True))
        assert changed <= set(Action.objects.updatable_by(user).values_list("pk", flat=True))
        assert noted <= set(Action.objects.commentable_by(user).values_list("pk", flat=True))


def test_only_voted_texts_name_a_year_that_grows_old(today, db):
    told = [
        *ProgressNote.objects.values_list("text", flat=True),
        *Milestone.objects.values_list("title", flat=True),
        *Action.objects.values_list("status_reason", flat=True),
        *Factor.objects.values_list("handler", flat=True),
        *Action.objects.filter(plan__title=STRATEGIC).values_list("calendar_text", flat=True),
    ]
    years = {int(year) for text in told for year in re.findall(r"\b20\d\d\b", text)}
    assert years
    assert all(abs(year - today.year) <= 2 for year in years)
    for file in ("demonstration.toml", "demonstration-values.toml"):
        assert not re.search(r"\b20\d\d\b", (FIXTURES / file).read_text(encoding="utf-8"))
    assert not any("{" in text for text in told)


def test_the_calendars_of_the_thematic_plan_stay_as_voted(today, db):
    written = Action.objects.filter(plan__title=THEMATIC).values_list("calendar_text", flat=True)
    assert Counter(written) == {
        "2026": 4,
        "2025": 6,
        "2027": 5,
        "2028": 2,
        "2025 à 2028": 1,
        "2026 à 2028": 1,
    }
    assert not Change.objects.filter(
        field="calendar_text", action_id__in=Action.objects.filter(plan__title=THEMATIC).values("pk")
    ).exists()


def test_the_calendars_of_the_strategic_plan_are_understood(today, db):
    for action in Action.objects.filter(plan__title=STRATEGIC):
        assert action.precision
    assert Plan.objects.get(title=STRATEGIC).years == f"{today.year - 1}–{today.year + 2}"


def test_key_indicators_are_defined_in_both_plans(plan):
    assert Indicator.objects.filter(plan=plan, is_key=True).exclude(unit="").exists()


def test_every_role_has_an_account_in_every_territory(today, db):
    for territory in {plan.territory for plan in Plan.objects.all()}:
        roles = Counter(territory.memberships.values_list("role", flat=True))
        assert roles == {Role.COORDINATOR: 1, Role.MEMBER: 2, Role.OFFICIAL: 1, Role.CAF: 1}
        for member in territory.memberships.filter(role=Role.MEMBER):
            assert Action.objects.updatable_by(member.user).exists()
    administrator = User.objects.get(is_administrator=True)
    assert not Membership.objects.filter(user=administrator).exists()
    assert not User.objects.filter(is_demo=False).exists()
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == User.objects.count()


def test_loading_again_changes_nothing(today, db, demo, capsys):
    models = (Plan, Action, Change, ProgressNote, User, Organisation)
    before = [model._base_manager.count() for model in models]
    call_command("load_demo")
    assert "déjà chargée" in capsys.readouterr().out
    assert [model._base_manager.count() for model in models] == before


@pytest.mark.parametrize(
    ("day", "text", "said"),
    [
        (dt.date(2026, 1, 5), "{month-2} à {month}", "novembre 2025 à janvier 2026"),
        (dt.date(2026, 1, 5), "{semester-1} et {semester}", "2e semestre 2025 et 1er semestre 2026"),
        (dt.date(2026, 8, 31), "rentrée {school_year}", "rentrée 2026"),
        (dt.date(2026, 9, 1), "rentrée {school_year}", "rentrée 2027"),
        (dt.date(2026, 11, 20), "le {day+2}", "le 20 novembre 2026"),
        (dt.date(2026, 12, 31), "{year-1} à {year+2}", "2025 à 2028"),
    ],
)
def test_texts_name_times_around_the_day(day, text, said):
    assert Day(day).write(text) == said


def test_a_story_is_not_older_than_its_plan():
    day = Day(dt.date(2025, 12, 4)).since(dt.date(2025, 11, 24), 330)
    assert day.on(-330) == dt.date(2025, 11, 24)
    assert day.on(-1) == dt.date(2025, 12, 3)


@pytest.mark.once
def test_its_package_loads_elsewhere_as_the_same_plan(plan, tmp_path, monkeypatch):
    opened = open_package(write(plan, tmp_path, monkeypatch))
    loaded = load(opened, "Ailleurs", by=Author("Chargement d’un paquet"), at=timezone.now())
    assert content_of(loaded).sha256 == content_of(plan).sha256 == opened.label.sha256
