"""Makers of what a test is about; they create only what they are asked for."""

import datetime as dt
from hashlib import sha256
from io import BytesIO

import factory
from allauth.account.models import EmailAddress
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image, ImageColor

from actions.models import (
    Action,
    AgendaItem,
    Ambition,
    Attachment,
    Attendance,
    Blockage,
    Body,
    BudgetLine,
    CustomField,
    Decision,
    Discussion,
    Factor,
    Involvement,
    Meeting,
    Message,
    Milestone,
    Need,
    Objective,
    Orientation,
    Part,
    Plan,
    ProgressNote,
    SavedView,
    Seat,
    Theme,
)
from ctg.answerbooks.marks import RowMark
from ctg.answerbooks.models import DroppedValues, ReturnedAnswers
from ctg.cycle.models import Renewal, RenewalChoice, Verdict
from ctg.dashboards.models import PublicPage, ReadLink
from ctg.documents.models import Letterhead
from ctg.intake.models import DroppedFile, ReturnedPlan
from ctg.intake.reading.wire import write_answer
from ctg.intake.tables import Cell, Place, SourceFile, Table
from ctg.reviews.facts.canonical import canonical_json
from ctg.reviews.facts.canonical import digest_of as digest_of_facts
from ctg.reviews.models import (
    Evaluation,
    FrozenDocument,
    FrozenFile,
    FrozenKind,
    Highlight,
    Moment,
    Review,
    ReviewedAction,
)
from ctg.web import uploads
from ctg.web.uploads import keep_content
from indicators.models import (
    Campaign,
    Category,
    CommonIndicator,
    Dimension,
    EntryLink,
    Evidence,
    Indicator,
    Measurement,
    Question,
    Solicitation,
    State,
)
from partners.models import Job, JobState, MailChoice, Membership, Organisation, Role, Territory, User
from partners.tokens import digest_of, fresh_seed, token_of

PASSWORD = "Un mot de passe assez long"


class TerritoryFactory(DjangoModelFactory):
    class Meta:
        model = Territory

    name = factory.Sequence(lambda n: f"Communauté de communes {n}")


def picture(kind="PNG", mode="RGB", size=(40, 20), **options):
    """The bytes of an image of two colours."""
    image = Image.new(mode, size)
    image.paste(ImageColor.getcolor("teal", mode), (0, 0, size[0] // 2 or 1, size[1]))
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


class LetterheadFactory(DjangoModelFactory):
    """A logo whose file is there, and no template; `logo_name` is what it is called."""

    class Meta:
        model = Letterhead
        exclude = ["logo_name"]

    territory = factory.SubFactory(TerritoryFactory)
    logo_name = "logo.png"

    @factory.lazy_attribute
    def logo(self):
        content = picture()
        stored_as = uploads.keep_content([content])
        return {
            "name": self.logo_name,
            "stored_as": stored_as,
            "media_type": uploads.PNG,
            "size": len(content),
        }


class UserFactory(DjangoModelFactory):
    """A person whose address is verified and whose password is PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Martin{n}")
    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")

    @factory.post_generation
    def account(self, create, extracted, **kwargs):
        self.set_password(PASSWORD)
        self.save()
        EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    territory = factory.SubFactory(TerritoryFactory)
    name = factory.Sequence(lambda n: f"Service {n}")


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    territory = factory.SubFactory(TerritoryFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.COORDINATOR


class JobFactory(DjangoModelFactory):
    """A job that is done, with its file."""

    class Meta:
        model = Job

    owner = factory.SubFactory(UserFactory)
    territory = factory.SubFactory(TerritoryFactory)
    kind = "plan_file"
    title = factory.Sequence(lambda n: f"Plan par thématique, PDF {n}")
    fingerprint = factory.Sequence(lambda n: f"{n:064}")
    state = JobState.DONE
    created_at = factory.LazyFunction(timezone.now)
    finished_at = factory.LazyFunction(timezone.now)
    result_name = "plan.pdf"
    stored_as = factory.LazyFunction(lambda: keep_content([b"%PDF-1.7"]))
    media_type = "application/pdf"
    size = 8


class MailChoiceFactory(DjangoModelFactory):
    """Both mails; its `token` is what the address that stops them carries."""

    class Meta:
        model = MailChoice

    user = factory.SubFactory(UserFactory)
    seed = factory.LazyFunction(fresh_seed)
    digest = factory.LazyAttribute(lambda choice: digest_of(token_of(choice.seed)))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        choice = super()._create(model_class, *args, **kwargs)
        choice.token = token_of(choice.seed)
        return choice


class PlanFactory(DjangoModelFactory):
    class Meta:
        model = Plan

    territory = factory.SubFactory(TerritoryFactory)
    title = "Plan d’actions CTG"
    first_year = 2025
    last_year = 2028


class HeadingFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    plan = factory.SubFactory(PlanFactory)
    position = factory.Sequence(lambda n: n)


class AmbitionFactory(HeadingFactory):
    class Meta:
        model = Ambition

    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Ambition {n}")


class OrientationFactory(HeadingFactory):
    class Meta:
        model = Orientation

    ambition = factory.SubFactory(AmbitionFactory, plan=factory.SelfAttribute("..plan"))
    title = factory.Sequence(lambda n: f"Orientation {n}")


class ThemeFactory(HeadingFactory):
    class Meta:
        model = Theme

    title = factory.Sequence(lambda n: f"Thématique {n}")


class NeedFactory(HeadingFactory):
    class Meta:
        model = Need

    title = factory.Sequence(lambda n: f"Besoin {n}")


class ObjectiveFactory(HeadingFactory):
    class Meta:
        model = Objective

    title = factory.Sequence(lambda n: f"Objectif {n}")


class ActionFactory(DjangoModelFactory):
    class Meta:
        model = Action

    plan = factory.SubFactory(PlanFactory)
    number = factory.Sequence(lambda n: n + 1)
    position = factory.SelfAttribute("number")
    title = factory.Sequence(lambda n: f"Faire {n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        action = model_class(*args, **kwargs)
        action.derive()
        action.save()
        return action


class InvolvementFactory(DjangoModelFactory):
    class Meta:
        model = Involvement

    action = factory.SubFactory(ActionFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    part = Part.LEAD


class CustomFieldFactory(DjangoModelFactory):
    """A field of short text; `key` is the next one of the plan."""

    class Meta:
        model = CustomField

    plan = factory.SubFactory(PlanFactory)
    key = factory.LazyAttribute(lambda field: field.plan.custom_fields.count() + 1)
    position = factory.SelfAttribute("key")
    label = factory.Sequence(lambda n: f"Champ {n}")


class BudgetLineFactory(DjangoModelFactory):
    """What the territory pays itself; the budget of its plan must be kept to be read."""

    class Meta:
        model = BudgetLine

    action = factory.SubFactory(ActionFactory)
    year = 2026
    planned = 1000


class MilestoneFactory(DjangoModelFactory):
    class Meta:
        model = Milestone

    action = factory.SubFactory(ActionFactory)
    title = factory.Sequence(lambda n: f"Jalon {n}")
    due_on = dt.date(2026, 6, 1)


class FactorFactory(DjangoModelFactory):
    class Meta:
        model = Factor

    action = factory.SubFactory(ActionFactory)
    text = factory.Sequence(lambda n: f"Frein ou levier {n}")


class ProgressNoteFactory(DjangoModelFactory):
    class Meta:
        model = ProgressNote

    action = factory.SubFactory(ActionFactory)
    text = factory.Sequence(lambda n: f"Note {n}")
    author_label = "Camille Martin"
    written_at = factory.LazyFunction(timezone.now)


class BodyFactory(DjangoModelFactory):
    """A COPIL."""

    class Meta:
        model = Body

    plan = factory.SubFactory(PlanFactory)
    name = factory.Sequence(lambda n: f"Instance {n}")


class SeatFactory(DjangoModelFactory):
    class Meta:
        model = Seat

    body = factory.SubFactory(BodyFactory)
    name = factory.Sequence(lambda n: f"Membre {n}")
    function = "Vice-présidente"


class MeetingFactory(DjangoModelFactory):
    """A meeting of next month."""

    class Meta:
        model = Meeting

    body = factory.SubFactory(BodyFactory)
    held_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=30))


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    title = factory.Sequence(lambda n: f"Point {n}")


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    guest = factory.Sequence(lambda n: f"Personne invitée {n}")


class DecisionFactory(DjangoModelFactory):
    """A decision still to take, about the `actions` named."""

    class Meta:
        model = Decision
        skip_postgeneration_save = True

    plan = factory.SubFactory(PlanFactory)
    subject = factory.Sequence(lambda n: f"Décider {n}")

    @factory.post_generation
    def actions(self, create, extracted, **kwargs):
        self.actions.set(extracted or [])


class BlockageFactory(DjangoModelFactory):
    class Meta:
        model = Blockage

    action = factory.SubFactory(ActionFactory)
    reason = factory.Sequence(lambda n: f"Blocage {n}")
    since = dt.date(2026, 5, 1)


class DiscussionFactory(DjangoModelFactory):
    class Meta:
        model = Discussion

    action = factory.SubFactory(ActionFactory)
    subject = factory.Sequence(lambda n: f"Question {n}")
    opened_label = "Karim, Caf"
    opened_at = factory.LazyFunction(timezone.now)


class MessageFactory(DjangoModelFactory):
    class Meta:
        model = Message

    discussion = factory.SubFactory(DiscussionFactory)
    text = factory.Sequence(lambda n: f"Réponse {n}")
    author_label = "Camille, coordination"
    written_at = factory.LazyFunction(timezone.now)


class AttachmentFactory(DjangoModelFactory):
    """The address of a page, on an action."""

    class Meta:
        model = Attachment

    action = factory.SubFactory(ActionFactory)
    plan = factory.LazyAttribute(lambda kept: kept.action.plan if kept.action else kept.meeting.body.plan)
    title = factory.Sequence(lambda n: f"Délibération {n}")
    url = "https://exemple.fr/deliberation"
    added_label = "Camille, coordination"
    added_at = factory.LazyFunction(timezone.now)


class SavedViewFactory(DjangoModelFactory):
    class Meta:
        model = SavedView

    plan = factory.SubFactory(PlanFactory)
    owner = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Ma vue {n}")
    query = "statut=ongoing"


class ReadLinkFactory(DjangoModelFactory):
    """A link to the page of the élus, good for a month, whose `token` is what its address carries."""

    class Meta:
        model = ReadLink

    plan = factory.SubFactory(PlanFactory)
    opens = ReadLink.Opens.BOARD
    label = "Conseil communautaire"
    seed = factory.LazyFunction(fresh_seed)
    digest = factory.LazyAttribute(lambda link: digest_of(token_of(link.seed)))
    created_at = factory.LazyFunction(timezone.now)
    created_label = "Camille, coordination"
    expires_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=30))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        link = super()._create(model_class, *args, **kwargs)
        link.token = token_of(link.seed)
        return link


class PublicPageFactory(DjangoModelFactory):
    """An open page that shows nothing beyond the titles."""

    class Meta:
        model = PublicPage
        skip_postgeneration_save = True

    plan = factory.SubFactory(PlanFactory)
    slug = factory.Sequence(lambda n: f"rivemont-{n}")
    is_open = True
    introduction = "Ce que nous faisons ensemble."

    @factory.post_generation
    def withheld(self, create, extracted, **kwargs):
        self.withheld.set(extracted or [])


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = Indicator
        skip_postgeneration_save = True

    plan = factory.SubFactory(PlanFactory)
    wording = factory.Sequence(lambda n: f"Nombre de rencontres {n}")

    @factory.post_generation
    def actions(self, create, extracted, **kwargs):
        self.actions.set(extracted or [])

    @factory.post_generation
    def contributors(self, create, extracted, **kwargs):
        self.contributors.set(extracted or [])


class CommonIndicatorFactory(DjangoModelFactory):
    class Meta:
        model = CommonIndicator

    wording = factory.Sequence(lambda n: f"Indicateur commun {n}")


class DimensionFactory(DjangoModelFactory):
    """A dimension with the `categories` named."""

    class Meta:
        model = Dimension
        skip_postgeneration_save = True

    territory = factory.SubFactory(TerritoryFactory)
    name = factory.Sequence(lambda n: f"Ventilation {n}")

    @factory.post_generation
    def categories(self, create, extracted, **kwargs):
        for position, name in enumerate(extracted or []):
            Category.objects.create(dimension=self, name=name, position=position)


class CampaignFactory(DjangoModelFactory):
    """A campaign of this year, launched yesterday and open for a month."""

    class Meta:
        model = Campaign

    plan = factory.SubFactory(PlanFactory)
    period = factory.LazyFunction(lambda: str(timezone.localdate().year))
    opens_on = factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=1))
    closes_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=30))
    launched_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1))
    subject = "Vos valeurs"
    message = "Bonjour, voici votre lien : {lien}"
    reminder_subject = "Il manque des valeurs"
    reminder_message = "Bonjour, voici de nouveau votre lien : {lien}"
    reminder_days = "10, 3"


class SolicitationFactory(DjangoModelFactory):
    """What a campaign asks of one organisation: one question for each of the `indicators`."""

    class Meta:
        model = Solicitation
        skip_postgeneration_save = True

    campaign = factory.SubFactory(CampaignFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    contact_name = "Dominique Petit"
    contact_email = factory.Sequence(lambda n: f"contact{n}@exemple.fr")

    @factory.post_generation
    def indicators(self, create, extracted, **kwargs):
        for indicator in extracted or []:
            Question.objects.create(solicitation=self, indicator=indicator, period=self.campaign.period)


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = Question

    solicitation = factory.SubFactory(SolicitationFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    period = factory.SelfAttribute("solicitation.campaign.period")


class EntryLinkFactory(DjangoModelFactory):
    """A link whose `token` is what the mail would carry."""

    class Meta:
        model = EntryLink

    solicitation = factory.SubFactory(SolicitationFactory)
    name = "Dominique Petit"
    email = "dominique@exemple.fr"
    seed = factory.LazyFunction(fresh_seed)
    digest = factory.LazyAttribute(lambda link: digest_of(token_of(link.seed)))
    created_at = factory.LazyFunction(timezone.now)
    created_label = "Camille, coordination"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        link = super()._create(model_class, *args, **kwargs)
        link.token = token_of(link.seed)
        return link


class MeasurementFactory(DjangoModelFactory):
    """A value of this year that was sent."""

    class Meta:
        model = Measurement

    indicator = factory.SubFactory(IndicatorFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    period = factory.LazyAttribute(lambda value: str(value.year))
    year = factory.LazyFunction(lambda: timezone.localdate().year)
    state = State.SUBMITTED
    amount = 12
    entered_label = "Dominique Petit"
    entered_at = factory.LazyFunction(timezone.now)


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = Evidence

    measurement = factory.SubFactory(MeasurementFactory)
    name = "Registre"
    url = "https://exemple.fr/registre"
    added_label = "Dominique Petit"
    added_at = factory.LazyFunction(timezone.now)


class ReviewFactory(DjangoModelFactory):
    class Meta:
        model = Review

    plan = factory.SubFactory(PlanFactory)
    year = factory.LazyFunction(lambda: timezone.localdate().year)


class HighlightFactory(DjangoModelFactory):
    class Meta:
        model = Highlight

    review = factory.SubFactory(ReviewFactory)
    title = "Le guichet a ouvert"


class ReviewedActionFactory(DjangoModelFactory):
    class Meta:
        model = ReviewedAction

    review = factory.SubFactory(ReviewFactory)
    action = factory.SubFactory(ActionFactory, plan=factory.SelfAttribute("..review.plan"))
    achieved = "Trois permanences ont été tenues."


class EvaluationFactory(DjangoModelFactory):
    class Meta:
        model = Evaluation

    plan = factory.SubFactory(PlanFactory)
    moment = Moment.MIDWAY


class RenewalFactory(DjangoModelFactory):
    """The next convention in preparation."""

    class Meta:
        model = Renewal

    plan = factory.SubFactory(PlanFactory)
    title = "Prochain plan d’actions"
    first_year = 2029
    last_year = 2032


class RenewalChoiceFactory(DjangoModelFactory):
    class Meta:
        model = RenewalChoice

    renewal = factory.SubFactory(RenewalFactory)
    action = factory.SubFactory(ActionFactory, plan=factory.SelfAttribute("..renewal.plan"))
    verdict = Verdict.ADAPT
    reason = "Le public a changé."


class FrozenDocumentFactory(DjangoModelFactory):
    """The signed plan, with hardly any facts; `files` come by `FrozenFileFactory`."""

    class Meta:
        model = FrozenDocument

    plan = factory.SubFactory(PlanFactory)
    kind = FrozenKind.SIGNED_PLAN
    number = factory.Sequence(lambda n: n + 1)
    title = "Plan signé"
    facts = factory.LazyAttribute(lambda one: canonical_json({"title": one.title}))
    sha256 = factory.LazyAttribute(lambda one: digest_of_facts(one.facts))
    frozen_at = factory.LazyFunction(timezone.now)
    frozen_label = "Camille, coordination"


class FrozenFileFactory(DjangoModelFactory):
    """A file that is there."""

    class Meta:
        model = FrozenFile
        exclude = ["content"]

    document = factory.SubFactory(FrozenDocumentFactory)
    name = "plan-signe.pdf"
    content = b"%PDF-1.7 fige"
    stored_as = factory.LazyAttribute(lambda file: keep_content([file.content]))
    media_type = "application/pdf"
    size = factory.LazyAttribute(lambda file: len(file.content))
    sha256 = factory.LazyAttribute(lambda file: sha256(file.content).hexdigest())


def table_of(*rows, name="Feuille 1"):
    """A table of texts, its first row on top."""
    cells = {
        Place(row, column): Cell(Place(row, column), text)
        for row, texts in enumerate(rows, 1)
        for column, text in enumerate(texts, 1)
        if text
    }
    return Table(name, cells)


class DroppedFileFactory(DjangoModelFactory):
    """A plan of one action; `rows` are the lines of its only table, titles first."""

    class Meta:
        model = DroppedFile
        exclude = ["rows"]

    territory = factory.SubFactory(TerritoryFactory)
    name = "Plan d’actions.xlsx"
    rows = (("Action", "Pilote", "Calendrier"), ("Ouvrir un guichet unique", "CCAS", "2027"))
    stored_as = factory.LazyFunction(lambda: keep_content([b"PK"]))
    tables = factory.LazyAttribute(
        lambda file: "\n".join(write_answer(SourceFile(file.name, (table_of(*file.rows),))))
    )
    dropped_at = factory.LazyFunction(timezone.now)


class ReturnedPlanFactory(DjangoModelFactory):
    class Meta:
        model = ReturnedPlan
        exclude = ["rows"]

    plan = factory.SubFactory(PlanFactory)
    name = "Plan revenu.xlsx"
    rows = DroppedFileFactory.rows
    tables = factory.LazyAttribute(
        lambda file: "\n".join(write_answer(SourceFile(file.name, (table_of(*file.rows),))))
    )
    dropped_at = factory.LazyFunction(timezone.now)


class ReturnedAnswersFactory(DjangoModelFactory):
    """A workbook in which one number was typed."""

    class Meta:
        model = ReturnedAnswers
        exclude = ["rows"]

    solicitation = factory.SubFactory(SolicitationFactory)
    name = "Saisie du service.xlsx"
    rows = factory.LazyAttribute(
        lambda file: (
            ("À remplir", "Repère"),
            *(("14", str(RowMark(one.solicitation_id, one.pk, "amount", 0))) for one in asked_of(file)),
        )
    )
    tables = factory.LazyAttribute(
        lambda file: "\n".join(write_answer(SourceFile(file.name, (table_of(*file.rows),))))
    )
    dropped_at = factory.LazyFunction(timezone.now)


def asked_of(file):
    return file.solicitation.questions.all()


class DroppedValuesFactory(DjangoModelFactory):
    """A table of values of which nothing is known in the plan."""

    class Meta:
        model = DroppedValues
        exclude = ["rows"]

    plan = factory.SubFactory(PlanFactory)
    name = "Valeurs.xlsx"
    rows = (("Indicateur", "Organisme", "Période", "Valeur"), ("Inconnu", "Inconnu", "2026", "12"))
    tables = factory.LazyAttribute(
        lambda file: "\n".join(write_answer(SourceFile(file.name, (table_of(*file.rows),))))
    )
    dropped_at = factory.LazyFunction(timezone.now)
