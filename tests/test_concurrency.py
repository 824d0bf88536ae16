"""Several people at once: nothing is overwritten unseen, made twice, or refused for want of a lock."""

import random
import uuid
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse
from openpyxl import load_workbook

from actions.models import (
    Action,
    Ambition,
    Factor,
    Milestone,
    Need,
    Objective,
    Orientation,
    Plan,
    ProgressNote,
    Theme,
)
from indicators.models import Dimension, Indicator
from partners.models import Change, Membership, Organisation, Role, Territory
from tests import factories as f
from tests.crowd import at_once, copy_of

pytestmark = pytest.mark.django_db(transaction=True)


# Two to four people on one action, one after the other in an order drawn by lot (R5).

STATUSES, MOODS = ["planned", "ongoing", "done"], ["", "fine"]


def number(rng, word):
    return str(rng.randrange(101))


def text(rng, word):
    return f"{word} {rng.randrange(1000)}"


#: What each place of editing holds, and how a person changes a field there.
FORMS = {
    "suivi": {
        "status": lambda rng, word: rng.choice(STATUSES),
        "confidence": lambda rng, word: rng.choice(MOODS),
        "progress": number,
    },
    "texte": dict.fromkeys(("purpose", "content", "methods", "effects"), text),
    "publics": dict.fromkeys(("audiences", "municipalities"), text),
    "priorite": {
        "priority": lambda rng, word: str(rng.randrange(1, 4)),
        "priority_reason": text,
        "elected_lead": text,
    },
    "organismes": {
        "partners_text": text,
        "leads": lambda rng, word: rng.choice([["service"], ["partner"], ["partner", "service"]]),
    },
    "lot": {"status": lambda rng, word: rng.choice(STATUSES)},
}
FORMS["ligne"] = FORMS["suivi"]
LABELS = {f"{name}_label": "Titre" for name in ("purpose", "content", "methods", "effects")}
ACTION_FIELDS = sorted({name for fields in FORMS.values() for name in fields})
ADDED = ("jalon", "note")


@dataclass
class Gesture:
    """Somebody opened a form when the action stood so, and will send it with some fields changed."""

    place: str
    client: object
    seen: int
    before: dict
    since: int
    wanted: dict = field(default_factory=dict)

    @property
    def changed(self):
        return {name: value for name, value in self.wanted.items() if value != self.before[name]}


class Desk:
    """One action, the people around it, and all that was accepted so far."""

    def __init__(self, world, clients, seed):
        self.world, self.clients, self.rng = world, clients, random.Random(seed)
        self.organisations = {"service": world.service.pk, "partner": world.partner.pk}
        self.action = f.ActionFactory(plan=world.plan, **LABELS, purpose="Finalité")
        f.InvolvementFactory(action=self.action, organisation=world.service)
        self.accepted = []  # (field, who holds the form that wrote it)
        self.standing = self.read()
        self.refusals = self.writes = 0

    def read(self):
        self.action = Action._base_manager.get(pk=self.action.pk)
        values = {name: self.action.read_tracked(name) for name in ACTION_FIELDS}
        names = {pk: name for name, pk in self.organisations.items()}
        values["leads"] = sorted(names[pk] for pk in values["leads"])
        return {
            name: value if name == "leads" else "" if value is None else str(value)
            for name, value in values.items()
        }

    def open(self, client):
        """A person opens a form, and thinks of what to change in it."""
        place = self.rng.choice([*FORMS, *FORMS, *ADDED, "corbeille"])
        gesture = Gesture(place, client, self.action.version, dict(self.standing), len(self.accepted))
        fields = FORMS.get(place, {})
        gesture.wanted = {name: self.standing[name] for name in fields}
        for name in self.rng.sample(sorted(fields), k=min(len(fields), self.rng.choice([1, 1, 2]))):
            gesture.wanted[name] = fields[name](self.rng, f"{name} {len(self.accepted)}")
        return gesture

    def send(self, gesture):
        """The form is sent; check that what happens is what must happen."""
        if gesture.place in ADDED:
            return self.add(gesture)
        if gesture.place == "corbeille":
            return self.throw_away(gesture)
        response = self.post(gesture)
        stands = self.read()
        late = {name for name, _ in self.accepted[gesture.since :]}
        disputed = {
            name for name, value in gesture.changed.items() if name in late and value != self.standing[name]
        }
        if self.is_told(gesture, response):
            assert disputed, f"a false conflict: {gesture}"
            assert stands == self.standing, "a conflict wrote something"
            self.refusals += 1
            if response.status_code == 409:
                self.settle(gesture, response, disputed)
        else:
            assert response.status_code == 302, (response.status_code, response.content[:2000])
            assert not disputed, f"{disputed} overwritten without a word: {gesture}"
            self.take(gesture.changed, stands)

    def take(self, changed, stands):
        self.accepted += [(name, value) for name, value in changed.items() if value != self.standing[name]]
        self.writes += 1
        assert stands == self.standing | changed, "what was acknowledged is not what stands"
        self.standing = stands

    def is_told(self, gesture, response):
        if gesture.place != "lot":
            return response.status_code == 409
        said = [str(message) for message in response.wsgi_request._messages._queued_messages]
        return any("Laissé tel quel" in message for message in said)

    def post(self, gesture):
        wanted = dict(gesture.wanted)
        pk, headers = self.action.pk, {}
        if "leads" in wanted:
            wanted["leads"] = [self.organisations[name] for name in wanted["leads"]]
        if gesture.place == "lot":
            path = reverse("actions:bulk_apply", args=[self.world.plan.pk])
            data = {"kind": "statut", "action": f"{pk}:{gesture.seen}", "token": uuid.uuid4()} | wanted
        else:
            is_follow_up = gesture.place in ("suivi", "ligne")
            path = (
                reverse("actions:follow_up_save", args=[pk])
                if is_follow_up
                else reverse("actions:action_save", args=[pk, gesture.place])
            )
            headers = {"HX-Request": "true", "HX-Target": f"action-{pk}"} if gesture.place == "ligne" else {}
            data = wanted | {"seen": gesture.seen, "token": uuid.uuid4()}
            data |= LABELS if gesture.place == "texte" else {}
        response = gesture.client.post(path, data, headers=headers)
        gesture.client.cookies.pop("__Host-messages", None)
        return response

    def settle(self, gesture, response, disputed):
        """Both texts are on the page, and it can be finished from there."""
        page = BeautifulSoup(response.content, "html.parser")
        form = page.select_one("form.letter")
        radios = form.select("input[type=radio][name^=choice-]")
        assert {radio["name"].removeprefix("choice-") for radio in radios} == disputed
        choices = {name: self.rng.choice(["mine", "theirs"]) for name in sorted(disputed)}
        data = {}
        for hidden in form.select("input[type=hidden]"):
            data.setdefault(hidden["name"], []).append(hidden["value"])
        for name in disputed - {"leads"}:
            assert data[f"mine-{name}"] == [gesture.wanted[name]]
            assert data[f"theirs-{name}"] == [self.standing[name]]
        answer = gesture.client.post(form["action"], data | {f"choice-{n}": c for n, c in choices.items()})
        assert answer.status_code == 302, answer.content[:2000]
        kept = {name for name, choice in choices.items() if choice == "theirs"}
        self.take({n: v for n, v in gesture.changed.items() if n not in kept}, self.read())

    def add(self, gesture):
        """What is added beside the action is nobody's conflict, and makes none."""
        pk = self.action.pk
        path = {"jalon": "actions:milestone_add", "note": "actions:note_add"}[gesture.place]
        sent = {"title": "Un jalon", "text": "Une note", "audience": "everyone", "token": uuid.uuid4()}
        assert gesture.client.post(reverse(path, args=[pk]), sent).status_code == 302
        assert self.read() == self.standing

    def throw_away(self, gesture):
        path = reverse("actions:action_trash", args=[self.action.pk])
        response = gesture.client.post(path, {"seen": gesture.seen})
        if gesture.seen != self.action.version:
            assert response.status_code == 409
            self.refusals += 1
        else:
            assert response.status_code == 302
            # The others are told, whatever they were writing; then it comes back as it was.
            for place in ("suivi", "publics"):
                late = Gesture(place, gesture.client, 1, {}, 0, dict.fromkeys(FORMS[place], ""))
                assert self.post(late).status_code == 404
            back = reverse("actions:trash_restore", args=["action", self.action.pk])
            assert gesture.client.post(back).status_code == 302
        assert self.read() == self.standing


@pytest.mark.parametrize("seed", range(4))
def test_fifty_meetings_overwrite_nothing_and_dispute_nothing_in_vain(world, client_of, seed):
    people = [world.camille, *(f.MembershipFactory(territory=world.territory).user for _ in range(3))]
    clients = [client_of(person) for person in people]
    refusals = writes = 0
    for meeting in range(50):
        desk = Desk(world, clients, seed * 1000 + meeting)
        present = desk.rng.sample(clients, k=desk.rng.randint(2, 4))
        opened = []
        for _ in range(8):
            # Somebody opens a form, or sends one of those that are open.
            if opened and desk.rng.random() < 0.5:
                desk.send(opened.pop(desk.rng.randrange(len(opened))))
            else:
                opened.append(desk.open(desk.rng.choice(present)))
        for gesture in opened:
            desk.send(gesture)
        refusals, writes = refusals + desk.refusals, writes + desk.writes
    # A draw without disputes would prove nothing.
    assert refusals > 10 and writes > 100, (refusals, writes)


def test_every_form_carries_the_version_that_was_on_the_screen(world, client_of):
    """Without it, the server could only guess what the person had read."""
    client = client_of(world.camille)
    world.action.version = 41
    world.action.save()
    row = {"HX-Request": "true", "HX-Target": f"action-{world.action.pk}"}
    follow_up = reverse("actions:follow_up_edit", args=[world.action.pk])
    pages = [client.get(follow_up), client.get(follow_up, headers=row)]
    pages += [
        client.get(reverse("actions:action_edit", args=[world.action.pk, slug]))
        for slug in ("intitule", "classement", "texte", "publics", "organismes", "calendrier", "priorite")
    ]
    for page in pages:
        forms = BeautifulSoup(page.content, "html.parser").select("form:has([name=seen]):has([name=token])")
        assert [form.select_one("[name=seen]")["value"] for form in forms] == ["41"]


@pytest.mark.parametrize("round", range(3))
def test_of_people_who_save_the_same_field_at_the_same_moment_one_wins_and_the_others_know(
    world, client_of, round
):
    people = [world.camille, *(f.MembershipFactory(territory=world.territory).user for _ in range(5))]
    path = reverse("actions:action_save", args=[world.action.pk, "publics"])

    def save(client, word):
        return lambda: client.post(path, {"audiences": word, "seen": 1, "token": uuid.uuid4()})

    words = [f"Texte de {person.pk}" for person in people]
    responses = at_once(
        [save(copy_of(client_of(person)), word) for person, word in zip(people, words, strict=True)]
    )
    codes = sorted(response.status_code for response in responses)
    assert codes == [302, 409, 409, 409, 409, 409]
    [winner] = [word for word, answer in zip(words, responses, strict=True) if answer.status_code == 302]
    assert Action.objects.get(pk=world.action.pk).audiences == winner
    for word, answer in zip(words, responses, strict=True):
        assert answer.status_code == 302 or (word in answer.text and winner in answer.text)


def test_people_who_save_different_fields_at_the_same_moment_all_win(world, client_of):
    places = {
        "publics": {"audiences": "Les jeunes", "municipalities": ""},
        "priorite": {"priority": "2", "priority_reason": "", "elected_lead": ""},
        "freins": {"factors_text": "Pas de local"},
        "indicateurs": {"quantitative_text": "Des visites", "qualitative_text": ""},
    }

    def save(client, slug, data):
        path = reverse("actions:action_save", args=[world.action.pk, slug])
        return lambda: client.post(path, data | {"seen": 1, "token": uuid.uuid4()})

    people = [f.MembershipFactory(territory=world.territory).user for _ in places]
    calls = [
        save(copy_of(client_of(person)), slug, data)
        for person, (slug, data) in zip(people, places.items(), strict=True)
    ]
    assert [response.status_code for response in at_once(calls)] == [302] * 4
    action = Action.objects.get(pk=world.action.pk)
    assert (action.audiences, action.priority, action.factors_text, action.quantitative_text) == (
        "Les jeunes",
        2,
        "Pas de local",
        "Des visites",
    )
    assert action.version == 5


# A form sent fifty times at once (R6).

LEVELS = ("ambition", "orientation", "theme", "need", "objective", "priority")
WORDS = dict.fromkeys([f"{level}_label" for level in LEVELS], "Mot") | {"silent_days": 90}
PERSON = {"email": "neuve@exemple.fr", "first_name": "Neuve", "last_name": "Personne"}

#: For each form that makes something: where it is sent, on what, with what, what it makes, and what
#: a second form must say to be accepted with the same words (None: the same words are refused).
CREATIONS = {
    "action": ("actions:action_add", "plan", {"title": "Neuve", "number": 50}, Action, {"number": 51}),
    "plan": ("actions:plan_add", "territory", {"title": "Neuf"} | WORDS, Plan, {}),
    "ambition": ("actions:ambition_add", "plan", {"title": "Neuve", "number": 50}, Ambition, {"number": 51}),
    "orientation": ("actions:orientation_add", "plan", {"title": "Neuve"}, Orientation, {}),
    "theme": ("actions:theme_add", "plan", {"title": "Neuf"}, Theme, {}),
    "need": ("actions:need_add", "plan", {"title": "Neuf"}, Need, {}),
    "objective": ("actions:objective_add", "plan", {"title": "Neuf"}, Objective, {}),
    "milestone": ("actions:milestone_add", "action", {"title": "Neuf"}, Milestone, {}),
    "factor": ("actions:factor_add", "action", {"text": "Neuf"}, Factor, {}),
    "note": ("actions:note_add", "action", {"text": "Neuve", "audience": "everyone"}, ProgressNote, {}),
    "follow-up": (
        "actions:follow_up_save",
        "action",
        {"status": "planned", "note": "Neuve", "seen": 1},
        ProgressNote,
        {},
    ),
    "indicator": (
        "indicators:indicator_add",
        "action",
        {"wording": "Neuf", "kind": "count"},
        Indicator,
        {"is_other": "on"},
    ),
    "dimension": (
        "indicators:dimension_add",
        "territory",
        {"name": "Neuve", "categories": "Un\nDeux"},
        Dimension,
        None,
    ),
    "organisation": (
        "partners:organisation_add",
        "territory",
        {"name": "Neuf", "kind": "autre"},
        Organisation,
        None,
    ),
    "territory": ("partners:territory_add", None, {"name": "Neuf"}, Territory, None),
    "invitation": (
        "partners:membership_invite",
        "territory",
        PERSON | {"role": Role.OFFICIAL},
        Membership,
        {"email": "autre@exemple.fr"},
    ),
    "first coordination": (
        "partners:territory_invite",
        "territory",
        PERSON,
        Membership,
        {"email": "autre@exemple.fr"},
    ),
}


def fifty_times(client, path, data):
    copies = [copy_of(client) for _ in range(50)]
    return at_once([partial(copy.post, path, data) for copy in copies])


def prepared(world, client_of, kind):
    """Who sends the form, where, with what; and the things of that kind."""
    name, target, data, model, again = CREATIONS[kind]
    is_administration = "territory_" in name
    client = client_of(world.alex if is_administration else world.camille)
    path = reverse(name, args=[getattr(world, target).pk] if target else [])
    if kind == "orientation":
        data = data | {"ambition": world.ambition.pk}
    return client, path, data, model, again


@pytest.mark.parametrize("kind", CREATIONS)
def test_fifty_identical_forms_at_once_make_one_thing_and_all_lead_to_it(world, client_of, kind):
    client, path, data, model, _ = prepared(world, client_of, kind)
    before = set(model._base_manager.values_list("pk", flat=True))
    data = data | {"token": uuid.uuid4()}
    responses = fifty_times(client, path, data)
    assert [response.status_code for response in responses] == [302] * 50
    [made] = set(model._base_manager.values_list("pk", flat=True)) - before
    [place] = {response["Location"] for response in responses}
    page = client.get(place)
    assert page.status_code == 200
    shown = "neuve@exemple.fr" if kind == "invitation" else "Neu"
    assert kind == "first coordination" or shown in page.text or str(made) in place
    if kind in ("invitation", "first coordination"):
        assert [message.to for message in mail.outbox] == [["neuve@exemple.fr"]]
    # Back, and sent once more: the same answer.
    again = client.post(path, data)
    assert (again.status_code, again["Location"]) == (302, place)
    assert model._base_manager.count() == len(before) + 1


@pytest.mark.parametrize("kind", CREATIONS)
def test_two_forms_with_the_same_words_make_two_things(world, client_of, kind):
    client, path, data, model, again = prepared(world, client_of, kind)
    count = model._base_manager.count()
    assert client.post(path, data | {"token": uuid.uuid4()}).status_code == 302
    second = client.post(path, data | (again or {}) | {"token": uuid.uuid4()})
    # Two organisations, or two territories, of one name are told, never made in silence.
    assert second.status_code == (422 if again is None else 302)
    assert model._base_manager.count() == count + (1 if again is None else 2)


def test_fifty_identical_bulk_changes_at_once_change_each_action_once(world, client_of):
    actions = [f.ActionFactory(plan=world.plan) for _ in range(3)]
    token = uuid.uuid4()
    data = {"kind": "statut", "status": "ongoing", "token": token}
    data["action"] = [f"{action.pk}:1" for action in actions]
    path, client = reverse("actions:bulk_apply", args=[world.plan.pk]), client_of(world.camille)
    responses = fifty_times(client, path, data)
    assert {(response.status_code, response["Location"]) for response in responses} == {
        (302, world.plan.get_absolute_url())
    }
    assert Change.objects.filter(batch=token, field="status").count() == 3
    assert set(Action.objects.filter(pk__in=[a.pk for a in actions]).values_list("status", "version")) == {
        ("ongoing", 2)
    }


def test_fifty_identical_reminders_send_one_mail(world, client_of):
    path = reverse("partners:membership_remind", args=[world.memberships["ines"].pk])
    client, data = client_of(world.camille), {"token": uuid.uuid4()}
    responses = fifty_times(client, path, data)
    assert {response.status_code for response in responses} == {302}
    assert len(mail.outbox) == 1


# A rush (R7).

WRITERS, SAVES = 16, 20


def test_sixteen_people_save_while_the_plan_is_exported_and_nobody_waits_in_vain(world, client_of):
    actions = [f.ActionFactory(plan=world.plan, title=f"Action {rank}") for rank in range(WRITERS)]
    people = [f.MembershipFactory(territory=world.territory).user for _ in range(WRITERS)]
    export = reverse("documents:plan_workbook", args=[world.plan.pk, "thematique"])
    left = [WRITERS]

    def writer(client, action):
        path = reverse("actions:follow_up_save", args=[action.pk])

        def write():
            codes = []
            for rank in range(SAVES):
                data = {"status": "ongoing", "progress": rank, "seen": rank + 1, "token": uuid.uuid4()}
                data["note"] = f"Passage {rank}"
                codes.append(client.post(path, data).status_code)
            left[0] -= 1
            return codes

        return write

    def exporter(client):
        def read():
            answers = []
            while left[0] or not answers:
                answers.append(client.get(export, {"suivi": "1"}))
            return answers

        return read

    calls = [writer(copy_of(client_of(p)), a) for p, a in zip(people, actions, strict=True)]
    *codes, exports = at_once([*calls, exporter(copy_of(client_of(world.elise)))])
    assert codes == [[302] * SAVES] * WRITERS
    assert {answer.status_code for answer in exports} == {200}
    assert load_workbook(BytesIO(exports[-1].content)).active.max_row > WRITERS
    saved = Action.objects.filter(pk__in=[action.pk for action in actions])
    assert set(saved.values_list("status", "progress", "version")) == {("ongoing", SAVES - 1, SAVES + 1)}
    assert ProgressNote.objects.filter(action__in=saved).count() == WRITERS * SAVES
