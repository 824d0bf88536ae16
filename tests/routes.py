"""Every named route of the site, and how the suite reaches it in the `world`."""

import uuid
from types import SimpleNamespace

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern
from django.utils import timezone

from partners.models import Change
from tests import factories as f

#: What the parts of an address are, beside `pk`: a word, or the name of something in the world.
WORDS = {
    "slug": "texte",
    "period": "total",
    "kind": "milestone",
    "layout": "thematique",
    "file_format": "docx",
    "handle": "0123456789abcdef",
    "rank": 1,
    "file": "plan.json",
    "part_name": "actions",
    "part": "logo",
    "section": "avancement",
    "number": 1,
    "moment": "mi-parcours",
    "question": "pertinence",
}

NOWHERE = "/nulle-part/"
ABSENT = 987_654_321
ABSENT_BATCH = "00000000-0000-4000-8000-000000000000"


def patterns(within=None, namespace=""):
    """Yield each route with its full name."""
    for pattern in within if within is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", pattern
        else:
            yield from patterns(
                pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace
            )


def names():
    return [name for name, _ in patterns()]


def furnish(world):
    """Add what some routes speak of: an access, something in the trash, a change that can be undone."""
    world.membership = world.memberships["ines"]
    world.trashed_milestone = f.MilestoneFactory(
        action=world.action, title="Jalon jeté", trashed_at=timezone.now()
    )
    world.link = f.EntryLinkFactory(solicitation=world.solicitation)
    world.prepared_campaign = f.CampaignFactory(plan=world.plan, period="2031", launched_at=None)
    world.evidence = f.EvidenceFactory(measurement=world.measurement)
    world.dimension = f.DimensionFactory(
        territory=world.territory, name="Commune", categories=["Rivemont", "Maule"]
    )
    world.common = f.CommonIndicatorFactory(wording="Nombre de places d’accueil")
    for plan in (world.plan, world.foreign_plan):
        plan.has_budget = True
        plan.save()
    world.action.plan.refresh_from_db()
    world.custom_field = f.CustomFieldFactory(plan=world.plan, label="Quartier")
    world.budget_line = f.BudgetLineFactory(action=world.action, funder=world.partner)
    world.body = f.BodyFactory(plan=world.plan, name="COPIL")
    world.seat = f.SeatFactory(body=world.body, name="Élise Roche", organisation=world.service)
    world.meeting = f.MeetingFactory(body=world.body)
    world.decision = f.DecisionFactory(plan=world.plan, actions=[world.action], asked_of=world.body)
    world.item = f.AgendaItemFactory(meeting=world.meeting, action=world.action)
    world.attendance = f.AttendanceFactory(meeting=world.meeting)
    world.blockage = f.BlockageFactory(action=world.action, decision=world.decision)
    world.discussion = f.DiscussionFactory(action=world.action)
    world.message = f.MessageFactory(discussion=world.discussion, author=world.camille)
    world.attachment = f.AttachmentFactory(action=world.action)
    world.view = f.SavedViewFactory(plan=world.plan, owner=world.camille)
    world.read_link = f.ReadLinkFactory(plan=world.plan)
    world.feed = f.ReadLinkFactory(
        plan=world.plan, opens="calendar", owner=world.camille, expires_at=None, label="Tout le plan"
    )
    world.data_key = f.ReadLinkFactory(plan=world.plan, opens="data", expires_at=None, label="Portail")
    world.public_page = f.PublicPageFactory(plan=world.plan, slug=WORDS["slug"])
    world.letterhead = f.LetterheadFactory(territory=world.territory)
    world.mail_choice = f.MailChoiceFactory(user=world.camille)
    world.dropped_file = f.DroppedFileFactory(territory=world.territory)
    world.returned = f.ReturnedPlanFactory(plan=world.plan)
    world.returned_answers = f.ReturnedAnswersFactory(solicitation=world.solicitation)
    world.dropped_values = f.DroppedValuesFactory(plan=world.plan)
    world.renewal = f.RenewalFactory(plan=world.plan)
    world.review = f.ReviewFactory(plan=world.plan)
    world.highlight = f.HighlightFactory(review=world.review)
    world.reviewed_action = f.ReviewedActionFactory(review=world.review, action=world.action)
    world.evaluation = f.EvaluationFactory(plan=world.plan)
    world.frozen = f.FrozenDocumentFactory(plan=world.plan)
    world.frozen_file = f.FrozenFileFactory(document=world.frozen)
    world.job = f.JobFactory(owner=world.camille, territory=world.territory)
    world.batch = uuid.uuid4()
    Change.objects.create(
        territory=world.territory,
        plan_id=world.plan.pk,
        action_id=world.action.pk,
        kind="action",
        object_id=world.action.pk,
        name=str(world.action),
        event="changed",
        field="status",
        before="ongoing",
        after="planned",
        version=1,
        batch=world.batch,
        author=world.camille,
        author_label="Camille, coordination",
        at=timezone.now(),
    )
    return world


#: No thing of here has such a key: a foreign key that is sent cannot be one of ours by chance.
FAR = 900_000


def neighbours(world):
    """One thing of each kind in the other territory, each with the word « Canari », under such keys."""
    plan = world.foreign_plan
    ambition = f.AmbitionFactory(pk=FAR + 1, plan=plan, title="Canari ambition")
    action = f.ActionFactory(pk=FAR + 2, plan=plan, title="Canari action")
    note = f.ProgressNoteFactory(pk=FAR + 3, action=action, author=world.nadia, text="Canari note")
    organisation = f.OrganisationFactory(pk=FAR + 8, territory=world.elsewhere, name="Canari service")
    indicator = f.IndicatorFactory(
        pk=FAR + 11, plan=plan, actions=[action], contributors=[organisation], wording="Canari indicateur"
    )
    campaign = f.CampaignFactory(pk=FAR + 12, plan=plan, subject="Canari campagne")
    solicitation = f.SolicitationFactory(
        pk=FAR + 13, campaign=campaign, organisation=organisation, contact_name="Canari contact"
    )
    measurement = f.MeasurementFactory(
        pk=FAR + 14, indicator=indicator, organisation=organisation, comment="Canari valeur"
    )
    body = f.BodyFactory(pk=FAR + 19, plan=plan, name="Canari instance")
    meeting = f.MeetingFactory(pk=FAR + 20, body=body, place_text="Canari salle")
    decision = f.DecisionFactory(pk=FAR + 21, plan=plan, subject="Canari décision", actions=[action])
    discussion = f.DiscussionFactory(pk=FAR + 22, action=action, subject="Canari échange")
    review = f.ReviewFactory(pk=FAR + 34, plan=plan, opening="Canari ouverture")
    frozen = f.FrozenDocumentFactory(pk=FAR + 35, plan=plan, title="Canari plan signé")
    renewal = f.RenewalFactory(pk=FAR + 42, plan=plan, title="Canari prochaine CTG")
    return SimpleNamespace(
        plan=plan,
        ambition=ambition,
        action=action,
        note=note,
        custom_field=f.CustomFieldFactory(pk=FAR + 70, plan=plan, label="Canari champ"),
        budget_line=f.BudgetLineFactory(pk=FAR + 71, action=action, comment="Canari budget"),
        body=body,
        meeting=meeting,
        decision=decision,
        discussion=discussion,
        seat=f.SeatFactory(pk=FAR + 23, body=body, name="Canari membre"),
        item=f.AgendaItemFactory(pk=FAR + 24, meeting=meeting, title="Canari point"),
        attendance=f.AttendanceFactory(pk=FAR + 25, meeting=meeting, guest="Canari présence"),
        blockage=f.BlockageFactory(pk=FAR + 26, action=action, reason="Canari blocage"),
        message=f.MessageFactory(pk=FAR + 27, discussion=discussion, text="Canari message"),
        attachment=f.AttachmentFactory(pk=FAR + 28, action=action, title="Canari document"),
        view=f.SavedViewFactory(pk=FAR + 29, plan=plan, owner=world.nadia, name="Canari vue"),
        read_link=f.ReadLinkFactory(pk=FAR + 30, plan=plan, label="Canari lien de lecture"),
        letterhead=f.LetterheadFactory(territory=world.elsewhere, logo_name="Canari logo.png"),
        data_key=f.ReadLinkFactory(pk=FAR + 33, plan=plan, opens="data", label="Canari clé"),
        dropped_file=f.DroppedFileFactory(pk=FAR + 40, territory=world.elsewhere, name="Canari fichier.xlsx"),
        returned=f.ReturnedPlanFactory(pk=FAR + 41, plan=plan, name="Canari retour.xlsx"),
        renewal=renewal,
        renewal_choice=f.RenewalChoiceFactory(
            pk=FAR + 43, renewal=renewal, action=action, reason="Canari raison"
        ),
        returned_answers=f.ReturnedAnswersFactory(
            pk=FAR + 70, solicitation=solicitation, name="Canari réponses.xlsx"
        ),
        dropped_values=f.DroppedValuesFactory(pk=FAR + 71, plan=plan, name="Canari valeurs.xlsx"),
        review=review,
        highlight=f.HighlightFactory(pk=FAR + 36, review=review, title="Canari fait marquant"),
        reviewed_action=f.ReviewedActionFactory(
            pk=FAR + 37, review=review, action=action, achieved="Canari bilan d’action"
        ),
        evaluation=f.EvaluationFactory(pk=FAR + 38, plan=plan, relevance="Canari pertinence"),
        frozen=frozen,
        frozen_file=f.FrozenFileFactory(pk=FAR + 39, document=frozen, name="canari.pdf"),
        public_page=f.PublicPageFactory(
            pk=FAR + 31, plan=plan, slug="canari", introduction="Canari présentation"
        ),
        orientation=f.OrientationFactory(
            pk=FAR + 4, plan=plan, ambition=ambition, title="Canari orientation"
        ),
        theme=f.ThemeFactory(pk=FAR + 5, plan=plan, title="Canari theme"),
        need=f.NeedFactory(pk=FAR + 6, plan=plan, title="Canari besoin"),
        objective=f.ObjectiveFactory(pk=FAR + 7, plan=plan, title="Canari objectif"),
        organisation=organisation,
        milestone=f.MilestoneFactory(pk=FAR + 9, action=action, title="Canari jalon"),
        factor=f.FactorFactory(pk=FAR + 10, action=action, text="Canari frein"),
        indicator=indicator,
        campaign=campaign,
        solicitation=solicitation,
        question=f.QuestionFactory(pk=FAR + 15, solicitation=solicitation, indicator=indicator),
        measurement=measurement,
        evidence=f.EvidenceFactory(pk=FAR + 16, measurement=measurement, name="Canari justificatif"),
        link=f.EntryLinkFactory(pk=FAR + 17, solicitation=solicitation, name="Canari lien"),
        job=f.JobFactory(pk=FAR + 60, owner=world.nadia, territory=world.elsewhere, title="Canari travail"),
        dimension=f.DimensionFactory(
            pk=FAR + 18, territory=world.elsewhere, name="Canari ventilation", categories=["Canari catégorie"]
        ),
    )


def parts_of(name):
    """The names of what the address of a route is made of."""
    [pattern] = [pattern for known, pattern in patterns() if known == name]
    return set(pattern.pattern.converters)


def address(name, world, target, **given):
    """The address of a route for the thing of the world called `target`."""
    found = {"pk": lambda: getattr(world, target).pk, "action_pk": lambda: world.action.pk}
    found |= {"batch": lambda: world.batch, "token": lambda: getattr(world, target).token} | {
        word: lambda word=word: WORDS[word] for word in WORDS
    }
    return reverse(name, kwargs={part: given.get(part) or found[part]() for part in parts_of(name)})


def absent_address(name):
    """Where the same route would lead for a thing that does not exist; a route without a thing, nowhere."""
    parts = parts_of(name)
    if not parts & {"pk", "batch"}:
        return NOWHERE
    known = {"pk": ABSENT, "action_pk": ABSENT, "batch": ABSENT_BATCH, "token": "a" * 43} | WORDS
    return reverse(name, kwargs={part: known[part] for part in parts})
