"""What the plan itself shows: the needs that it answers, and who works with whom."""

from collections import Counter, defaultdict

from actions.kinds import KINDS
from actions.models import Involvement, Part, Plan
from actions.models.action import CARRYING
from ctg.documents.plan_reading import PlanReading
from ctg.reviews.evaluation.shapes import Exhibit
from ctg.reviews.facts.shapes import Changes
from ctg.web.templatetags.ui import plural
from ctg.web.words import in_plural, listing

#: From an action to the heading of each kind under which it stands.
STANDS_UNDER = {kind: f"{kind}_id" for kind in KINDS}


def _titles(plan: Plan, kind: str) -> dict[int, str]:
    """The headings of a kind, by key, in the order of the plan."""
    headings = getattr(plan, f"{kind}s").current()
    return dict(headings.order_by("position", "pk").values_list("pk", "title"))


def coverage(reading: PlanReading) -> Exhibit:
    """How many headings of each kind have actions, and which have none."""
    held = {
        kind: Counter(getattr(action, name) for action in reading.actions)
        for kind, name in STANDS_UNDER.items()
    }
    rows = []
    for name, kind in KINDS.items():
        titles = _titles(reading.plan, name)
        bare = [title for pk, title in titles.items() if not held[name][pk]]
        if titles:
            label = in_plural(kind.label(reading.plan))
            rows.append((label, str(len(titles)), str(len(bare)), "\u00a0; ".join(bare) or "aucune"))
    lonely = sum(int(bare) for _, _, bare, _ in rows)
    sentence = "Le plan n’a pas encore de titres sous lesquels ranger ses actions."
    if rows:
        sentence = "Chaque ligne du plan a au moins une action."
    if lonely:
        sentence = f"{lonely} ligne{plural(lonely)} du plan {plural(lonely, 'n’a,n’ont')} aucune action."
    columns = ("Niveau du plan", "Nombre", "Sans action", "Lesquels")
    return Exhibit("Ce à quoi le plan répond", sentence, columns if rows else (), tuple(rows))


def adaptation(changes: Changes | None) -> Exhibit:
    """How the plan itself moved since it was signed."""
    title = "Comment le plan s’est adapté"
    if changes is None:
        return Exhibit(title, "Aucune version signée du plan n’est gardée dans l’outil.")
    counts = Counter(change.words for change in changes.changes)
    rows = tuple((words, str(count)) for words, count in counts.items())
    return Exhibit(title, changes.sentence, ("Ce qui a changé", "Nombre") if rows else (), rows)


def partnership(reading: PlanReading) -> Exhibit:
    """Which organisations take part, in how many actions, as whom."""
    plan = reading.plan
    rows = Involvement.objects.of_plan(plan).filter(organisation__trashed_at=None)
    parts = list(rows.values_list("organisation__name", "part", "action_id"))
    carried: dict[str, set[int]] = defaultdict(set)
    joined: dict[str, set[int]] = defaultdict(set)
    around: dict[int, set[str]] = defaultdict(set)
    for name, part, action in parts:
        (carried if part in CARRYING else joined)[name].add(action)
        around[action].add(name)
    names = sorted(
        {name for name, _, _ in parts}, key=lambda name: (-len(carried[name]), -len(joined[name]), name)
    )
    together = sum(len(found) > 1 for found in around.values())
    total = len(reading.actions)
    if not names:
        return Exhibit("Qui travaille avec qui", "Aucun organisme n’est encore relié aux actions du plan.")
    sentence = (
        f"{len(names)} organisme{plural(len(names))} {plural(len(names), 'prend,prennent')} part au plan"
        f"\u00a0; {together} action{plural(together)} sur {total} en "
        f"{plural(together, 'réunit,réunissent')} au moins deux."
    )
    table = tuple((name, str(len(carried[name])), str(len(joined[name] - carried[name]))) for name in names)
    columns = ("Organisme", "Actions portées", "Actions en partenariat")
    return Exhibit("Qui travaille avec qui", sentence, columns, table)


def loose_ends(reading: PlanReading) -> Exhibit:
    """The actions that lack a place in the plan, or somebody to carry them."""
    plan = reading.plan
    parts = Involvement.objects.of_plan(plan).filter(part=Part.LEAD, organisation__trashed_at=None)
    led = set(parts.values_list("action_id", flat=True))
    lacks = {"porteur": [action.number for action in reading.actions if action.pk not in led]}
    for name, kind in KINDS.items():
        if _titles(plan, name):
            bare = [action.number for action in reading.actions if not getattr(action, STANDS_UNDER[name])]
            lacks[kind.label(plan).lower()] = bare
    rows = tuple(
        (f"Sans {label}", str(len(numbers)), listing([str(number) for number in numbers]))
        for label, numbers in lacks.items()
        if numbers
    )
    sentence = "Chaque action a sa place dans le plan, et quelqu’un pour la porter."
    if rows:
        sentence = "Il manque à certaines actions un lien avec le reste du plan\u00a0: " + (
            listing([f"{count} sans {label.removeprefix('Sans ')}" for label, count, _ in rows]) + "."
        )
    return Exhibit(
        "Ce qui manque encore", sentence, ("Ce qui manque", "Actions", "Numéros") if rows else (), rows
    )
