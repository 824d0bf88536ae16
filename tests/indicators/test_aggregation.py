import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from indicators.figures.aggregation import Entry, Rules, total
from indicators.figures.comparison import compare
from indicators.figures.totals import Total
from indicators.models import Absence, Accrual, Direction, Frequency, Gathering, Kind, State, Target
from indicators.models.measurement import SHOWN

from . import reference

NAMES = {1: "Caf", 2: "CCAS", 3: "École", 4: "Mission locale", 5: "Service Jeunesse"}
YEARS = ("2025", "2026", "2027")
QUARTERS = ("2026-T1", "2026-T2", "2026-T3", "2026-T4")
START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def entry(name, amount=None, base=None, *, period="2026", state="validated", **more):
    """An entry in short: the first free key of that name, numbers as text."""
    pk = next(pk for pk, known in NAMES.items() if known == name)
    amount, base = (None if number is None else Decimal(number) for number in (amount, base))
    return Entry(pk, name, period, state, amount, base, **more)


def rules(kind="count", gathering="sum", accrual="added", frequency="year"):
    return Rules(Kind(kind), Gathering(gathering), Accrual(accrual), Frequency(frequency))


def everybody(*names):
    return {pk: name for pk, name in NAMES.items() if name in names}


# Against the reference.

NUMBERS = st.decimals(min_value=-(10**6), max_value=10**11, places=4)
ANY_KIND = st.sampled_from(Kind)
WEIGHTS = st.decimals(min_value=0, max_value=10**11, places=4)


@st.composite
def cases(draw, kinds=ANY_KIND):
    """Entries of every state and absence over periods in order, with who is asked for which of them."""
    periods = list(draw(st.sampled_from([("2026",), YEARS, QUARTERS])))
    expected = {pk: NAMES[pk] for pk in draw(st.sets(st.sampled_from(list(NAMES))))}
    pairs = [(pk, key) for pk in expected for key in periods]
    asked = draw(st.none() | st.sets(st.sampled_from(pairs))) if pairs else None
    kind = draw(kinds)
    lacks_numbers = draw(st.booleans())
    amounts = st.sampled_from([Decimal(0), Decimal(1)]) if kind == Kind.DELIVERABLE else NUMBERS
    bases = WEIGHTS
    if lacks_numbers:
        amounts, bases = amounts | amounts | st.none(), bases | bases | st.none()
    places = draw(st.sets(st.tuples(st.sampled_from(list(NAMES)), st.sampled_from([*periods, "2019"]))))
    ranks = draw(st.permutations(range(len(places))))
    entries = []
    for (pk, key), rank in zip(sorted(places), ranks, strict=True):
        absence = draw(st.sampled_from([""] * 5 + [*Absence]))
        entries.append(
            Entry(
                pk,
                NAMES[pk],
                key,
                draw(st.sampled_from([*State, State.VALIDATED])),
                None if absence else draw(amounts),
                None if absence else draw(bases),
                absence=absence,
                received_at=START + dt.timedelta(days=rank),
            )
        )
    how = Rules(kind, draw(st.sampled_from(Gathering)), draw(st.sampled_from(Accrual)))
    return how, entries, expected, periods, asked


def judged(case):
    how, entries, expected, periods, asked = case
    pairs = {(pk, key) for pk in expected for key in periods} if asked is None else asked
    return total(how, entries, expected, periods, asked=asked), pairs


@pytest.mark.parametrize("kind", Kind)
@given(data=st.data())
@trials(max_examples=150)
def test_a_total_is_what_the_reference_finds(kind, data):
    case = data.draw(cases(st.just(kind)))
    how, entries, _, periods, _ = case
    found, pairs = judged(case)
    value = reference.value(how.kind, how.gathering, how.accrual, entries, pairs, periods)
    if value is reference.NOTHING:
        assert found.value is None and found.why_not
    else:
        assert not found.why_not
        assert abs(Fraction(found.value) - value) <= abs(value) * Fraction(1, 10**26)


@given(cases())
@trials(max_examples=600)
def test_a_total_says_who_is_in_and_who_is_missing(case):
    how, entries, expected, periods, _ = case
    found, pairs = judged(case)
    held = reference.of_each(how.kind, how.accrual, entries, periods)
    gaps = reference.lacking(how.kind, how.accrual, entries, pairs, periods)
    concerned = set(held) | {pk for pk, _ in gaps}
    assert sorted(found.included) == sorted(NAMES[pk] for pk in held)
    assert found.expected == len(concerned)
    assert {name.split(" (")[0] for name in found.missing} == {
        NAMES[pk] for (pk, _), why in gaps.items() if not why
    }
    assert {(name.split(" (")[0], why) for name, why in found.absent} == {
        (NAMES[pk], Absence(why).label) for (pk, _), why in gaps.items() if why
    }
    assert set(found.unconcerned) == {NAMES[pk] for pk, _ in pairs} - {NAMES[pk] for pk in concerned}
    assert found.is_partial is bool(gaps)
    used = [one for values in held.values() for one in values]
    assert found.to_validate == sum(one.state == "submitted" for one in used)
    for name in {NAMES[pk] for pk, _ in gaps}:
        assert name in found.contents


@given(cases(), st.randoms(use_true_random=False))
@trials(max_examples=200)
def test_the_order_of_the_values_changes_nothing(case, chance):
    how, entries, expected, periods, asked = case
    shuffled = chance.sample(entries, len(entries))
    assert total(how, shuffled, expected, periods, asked=asked) == judged(case)[0]


@given(cases(), st.sampled_from([State.DRAFT, State.RETURNED]))
@trials(max_examples=200)
def test_what_is_not_sent_changes_nothing(case, state):
    how, entries, expected, periods, asked = case
    hidden = [one._replace(state=state) for one in entries]
    taken = {(one.organisation_id, one.period_key) for one in entries if one.state in ("draft", "returned")}
    sent = [one for one in entries if (one.organisation_id, one.period_key) not in taken]
    assert total(how, hidden, expected, periods, asked=asked) == total(
        how, [], expected, periods, asked=asked
    )
    assert total(how, sent, expected, periods, asked=asked) == judged(case)[0]


@given(cases())
@trials(max_examples=300)
def test_a_floor_only_grows_with_what_was_missing(case):
    """What is said to be « au moins » stays true whatever the missing ones answer."""
    found, pairs = judged(case)
    how, entries, expected, periods, asked = case
    if not found.is_floor:
        return
    kept = [one for one in entries if one.state in SHOWN and how.has_value(one)]
    answered = {(one.organisation_id, one.period_key) for one in kept}
    for number in (Decimal(0), Decimal(7)):
        more = [
            Entry(pk, NAMES[pk], key, State.VALIDATED, max(number, _so_far(how, kept, pk)))
            for pk, key in pairs
            if (pk, key) not in answered
        ]
        assert total(how, [*kept, *more], expected, periods, asked=asked).value >= found.value


def _so_far(how, kept, pk):
    """A running total is never below what it was."""
    own = [one.amount for one in kept if one.organisation_id == pk]
    return max(own, default=Decimal(0)) if how.accrual == Accrual.RUNNING else Decimal(0)


# Worked examples.


def test_three_contributors_of_five():
    values = [entry("Caf", 100), entry("École", 12, state="submitted"), entry("Service Jeunesse", 300)]
    found = total(rules(), values, NAMES, ["2026"])
    assert (found.value, found.is_complete) == (412, False)
    assert (
        found.contents == "3 porteurs sur 5, dont 1 valeur à valider\u00a0; il manque CCAS et Mission locale"
    )


def test_absences_say_why_and_who_is_not_concerned_is_not_awaited():
    values = [
        entry("Caf", 0),
        entry("CCAS", absence=Absence.NOT_CONCERNED),
        entry("École", absence=Absence.NOT_YET),
        entry("Mission locale", absence=Absence.UNTRACKED, state="draft"),
    ]
    found = total(rules(), values, everybody("Caf", "CCAS", "École", "Mission locale"), ["2026"])
    assert found.value == 0 and found.unconcerned == ["CCAS"]
    assert (
        found.contents
        == "1 porteur sur 3\u00a0; il manque Mission locale et École (la donnée arrive plus tard)"
    )


def test_nothing_is_not_zero():
    found = total(rules(), [entry("CCAS")], everybody("CCAS", "Caf"), ["2026"])
    assert found.value is None
    assert found.why_not == "non calculable\u00a0: il manque Caf et CCAS"


@pytest.mark.parametrize(
    ("values", "contents"),
    [([], "aucun porteur attendu"), (["CCAS"], "sans objet pour tous les porteurs")],
)
def test_nobody_is_awaited(values, contents):
    values = [entry(name, absence=Absence.NOT_CONCERNED) for name in values]
    found = total(rules(), values, {one.organisation_id: one.organisation for one in values}, ["2026"])
    assert (found.value, found.contents, found.why_not) == (None, contents, contents)
    assert not found.is_complete


def test_shares_divide_last():
    """1 sur 2 and 10 sur 100: 11 sur 102, and certainly not the mean of 50 % and 10 %."""
    values = [entry("Caf", 1, 2), entry("CCAS", 10, 100)]
    for gathering in set(Gathering) - {Gathering.NONE, Gathering.LAST}:
        found = total(rules("share", gathering), values, everybody("Caf", "CCAS"), ["2026"])
        assert round(found.value, 4) == Decimal("10.7843")
        assert (found.numerator, found.denominator) == (11, 102)


def test_means_are_weighted_by_the_people_who_answered():
    values = [entry("Caf", 5, 1), entry("CCAS", 3, 9)]
    found = total(rules("scale", "weighted", "averaged"), values, everybody("Caf", "CCAS"), ["2026"])
    assert (found.value, found.denominator) == (Decimal("3.2"), 10)
    assert total(rules("scale", "mean", "averaged"), values, {}, ["2026"]).value == 4


def test_a_mean_without_its_weights_is_not_computed():
    values = [entry("Caf", 5, 1), entry("CCAS", 3), entry("École", 4)]
    found = total(rules("scale", "weighted", "averaged"), values, {}, ["2026"])
    assert found.value is None and not found.is_complete
    assert found.why_not == "non calculable\u00a0: il manque l’effectif de CCAS et École"


def test_a_deliverable_is_done_when_all_have_done_it():
    first = entry("Caf", 1, done_on=dt.date(2026, 3, 12))
    second = entry("CCAS", 1, done_on=dt.date(2026, 2, 1))
    pending = total(rules("deliverable"), [first, second], everybody("Caf", "CCAS", "École"), ["2026"])
    assert (pending.value, pending.numerator, pending.denominator) == (0, 2, 3)
    done = total(rules("deliverable"), [first, second], everybody("Caf", "CCAS"), ["2026"])
    assert (done.value, done.done_on) == (1, dt.date(2026, 3, 12))


@pytest.mark.parametrize("how", [rules(gathering="none"), rules("finding", "none")])
def test_what_is_not_gathered_is_complete_without_a_figure(how):
    found = total(how, [entry("Caf", 3)], everybody("Caf"), ["2026"])
    assert found.value is None and found.is_complete
    assert found.why_not == "les valeurs ne se réunissent pas\u00a0: lisez-les par organisme"


def test_the_periods_of_a_year_are_named_when_they_miss():
    values = [entry("Caf", 1, period="2026-T1"), entry("Caf", 2, period="2026-T2")]
    values += [entry("CCAS", 4, period="2026-T1")]
    asked = {(pk, key) for pk in (1, 2) for key in QUARTERS[:2]}
    found = total(rules(), values, everybody("Caf", "CCAS"), QUARTERS, asked=asked)
    assert found.value == 7
    assert found.contents == "2 porteurs sur 2\u00a0; il manque CCAS (2e trimestre 2026)"
    late = total(rules(), values, everybody("CCAS"), QUARTERS)
    assert late.missing == ["CCAS (3 périodes)"]


@pytest.mark.parametrize(
    ("accrual", "value"), [("added", 90), ("running", 60), ("standing", 60), ("averaged", 30)]
)
def test_what_periods_make_together(accrual, value):
    values = [entry("Caf", n, period=key) for n, key in zip((10, 20, 60), QUARTERS, strict=False)]
    assert total(rules(accrual=accrual), values, {}, QUARTERS).value == value


def test_years_with_a_state_take_the_latest_of_each():
    values = [
        entry("Caf", 10, period="2025"),
        entry("Caf", 12, period="2026"),
        entry("CCAS", 5, period="2025"),
    ]
    found = total(rules(accrual="standing"), values, everybody("Caf", "CCAS"), ["2025", "2026"])
    assert (found.value, found.missing) == (17, ["CCAS (2026)"])


def test_the_last_received_is_kept():
    later = START + dt.timedelta(days=9)
    values = [entry("Caf", 10, received_at=later), entry("CCAS", 5, received_at=START)]
    assert total(rules(gathering="last"), values, {}, ["2026"]).value == 10


@example(Decimal(1), 3)
@given(WEIGHTS, st.integers(1, 5))
def test_a_mean_of_equal_numbers_is_that_number(number, count):
    values = [entry(NAMES[pk], number, pk) for pk in range(1, count + 1)]
    for gathering in ("mean", "weighted", "max"):
        assert total(rules("duration", gathering, "averaged"), values, {}, ["2026"]).value == number


# Beside the target.


def aim(value, upper=None):
    return Target(value=Decimal(value), upper=None if upper is None else Decimal(upper))


@pytest.mark.parametrize(
    ("value", "target", "direction", "words", "reached"),
    [
        ("60", aim(60), Direction.UP, "cible atteinte", True),
        ("48", aim(60), Direction.UP, "il manque 12", False),
        ("48", aim(60), "", "il manque 12", False),
        ("1.5", aim(4), Direction.DOWN, "cible atteinte", True),
        ("5.5", aim(4), Direction.DOWN, "1,5 de trop", False),
        ("5", aim(4, 6), Direction.BETWEEN, "cible atteinte", True),
        ("3", aim(4, 6), Direction.BETWEEN, "il manque 1", False),
        ("8", aim(4, 6), Direction.BETWEEN, "2 de trop", False),
    ],
)
def test_a_whole_figure_beside_its_target(value, target, direction, words, reached):
    found = compare(Total(value=Decimal(value)), target, kind=Kind.COUNT, direction=direction)
    assert (found.words, found.is_reached) == (words, reached)


@pytest.mark.parametrize(
    ("value", "direction", "words", "reached"),
    [
        ("60", Direction.UP, "cible déjà atteinte", True),
        ("48", Direction.UP, "au moins 48\u00a0: il manque au plus 12", None),
        ("61", Direction.DOWN, "déjà 1 de trop", False),
        ("48", Direction.DOWN, "au moins 48\u00a0: dans la cible pour l’instant", None),
    ],
)
def test_a_partial_figure_promises_nothing(value, direction, words, reached):
    partial = Total(value=Decimal(value), missing=["CCAS"], is_floor=True)
    found = compare(partial, aim(60), kind=Kind.COUNT, direction=direction)
    assert (found.words, found.is_reached) == (words, reached)


def test_a_partial_share_may_still_move_both_ways():
    partial = Total(value=Decimal("47.5"), missing=["CCAS"])
    found = compare(partial, aim(50), kind=Kind.SHARE, direction=Direction.UP)
    assert (found.words, found.is_reached) == ("pour l’instant, il manque 2,5 points", None)
    close = compare(Total(value=Decimal("49.99")), aim(50), kind=Kind.SHARE, direction="")
    assert close.words == "il manque moins de 0,1 point"


@pytest.mark.parametrize("kind", [Kind.DELIVERABLE, Kind.FINDING])
def test_what_is_no_number_has_no_target(kind):
    assert compare(Total(value=Decimal(1)), aim(1), kind=kind, direction="").words == ""
