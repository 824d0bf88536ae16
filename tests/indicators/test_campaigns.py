"""A campaign: prepared from who owes what, looked at, launched once, closed, opened again."""

import datetime as dt
import uuid

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from indicators.campaigns import lifecycle, links, solicitations
from indicators.campaigns.owed import count_received, count_remaining, expected_questions, without_contributor
from indicators.models import (
    Campaign,
    EntryLink,
    Frequency,
    Measurement,
    Question,
    Solicitation,
    Stage,
    State,
)
from partners import outbox
from partners.models import Change, Letter
from partners.tokens import digest_of
from partners.tracking import Author
from tests import factories as f
from tests.crowd import at_once, copy_of
from tests.htmx import soup
from tests.state import difference, state_of

BY = Author("Camille, coordination")
PARIS = timezone.get_default_timezone()


def paris(*moment):
    return dt.datetime(*moment, tzinfo=PARIS)


NOW = paris(2026, 11, 10, 10)


@pytest.fixture
def town(db):
    """A plan whose one indicator is owed by an organisation that has a contact."""
    territory = f.TerritoryFactory()
    ccas = f.OrganisationFactory(
        territory=territory, name="CCAS", contact_name="Dominique", contact_email="dominique@exemple.fr"
    )
    plan = f.PlanFactory(territory=territory)
    indicator = f.IndicatorFactory(plan=plan, wording="Participants", contributors=[ccas])
    return territory, plan, ccas, indicator


def prepared(plan, period="2026", **given):
    texts = {"subject": "CTG : {nombre}", "message": "{contact}, {organisme}, {lien}"}
    texts |= {"reminder_subject": "Rappel", "reminder_message": "Il reste {nombre} : {lien}"}
    days = {"opens_on": dt.date(2026, 11, 10), "closes_on": dt.date(2026, 12, 10)}
    campaign = Campaign(plan=plan, period=period, reminder_days="10, 3", **texts | days | given)
    return lifecycle.prepare(campaign, by=BY, at=NOW)


def periods_of(solicitation):
    return sorted(solicitation.questions.values_list("period", flat=True))


# Who owes what


@pytest.mark.parametrize(
    ("frequency", "period", "keys"),
    [
        (Frequency.YEAR, "2026", ["2026"]),
        ("", "2026", ["2026"]),
        (Frequency.SEMESTER, "2026", ["2026-S1", "2026-S2"]),
        (Frequency.QUARTER, "2026-S2", ["2026-T3", "2026-T4"]),
        (Frequency.MONTH, "2026-T1", ["2026-01", "2026-02", "2026-03"]),
        (Frequency.YEAR, "2026-S1", []),
        (Frequency.ONCE, "2026", ["unique"]),
        (Frequency.ONCE, "2026-S1", []),
    ],
)
def test_contributors_are_asked_for_the_periods_that_fall_within_the_campaign(town, frequency, period, keys):
    _, plan, ccas, indicator = town
    indicator.frequency = frequency
    indicator.save()
    asked = expected_questions(plan, period)
    assert [key for _, key in asked.get(ccas, [])] == keys


@pytest.mark.parametrize("state", State)
def test_what_is_entered_once_is_asked_until_it_is_validated(town, state):
    _, plan, ccas, indicator = town
    indicator.frequency = Frequency.ONCE
    indicator.save()
    f.MeasurementFactory(indicator=indicator, organisation=ccas, period="unique", state=state)
    assert (ccas in expected_questions(plan, "2026")) == (state != State.VALIDATED)


def test_what_is_in_the_trash_is_asked_of_nobody(town):
    _, plan, ccas, indicator = town
    gone = f.IndicatorFactory(plan=plan, contributors=[ccas], trashed_at=timezone.now())
    former = f.OrganisationFactory(territory=plan.territory, trashed_at=timezone.now())
    indicator.contributors.add(former)
    lonely = f.IndicatorFactory(plan=plan)
    assert expected_questions(plan, "2026") == {ccas: [(indicator, "2026")]}
    assert without_contributor(plan, "2026") == [lonely]
    assert gone not in without_contributor(plan, "2026")


def test_a_campaign_starts_with_the_contacts_of_the_organisations(town):
    _, plan, ccas, _ = town
    campaign = prepared(plan)
    asked = campaign.solicitations.get()
    assert (asked.organisation, asked.contact_name, asked.contact_email) == (
        ccas,
        "Dominique",
        "dominique@exemple.fr",
    )
    assert campaign.stage(NOW) == Stage.PREPARED and not Letter.objects.exists()


def test_received_and_remaining_count_what_was_sent_and_nothing_else(town):
    _, plan, ccas, indicator = town
    other = f.IndicatorFactory(plan=plan, contributors=[ccas])
    campaign = prepared(plan)
    asked = campaign.solicitations.get()
    value = f.MeasurementFactory(indicator=indicator, organisation=ccas, year=2026, state=State.DRAFT)
    f.MeasurementFactory(indicator=other, organisation=ccas, year=2025)
    assert count_received([campaign])[campaign.pk] == (0, 2) and count_remaining([asked])[asked.pk] == 2
    for state in (State.SUBMITTED, State.VALIDATED):
        value.state = state
        value.save()
        assert count_received([campaign])[campaign.pk] == (1, 2) and count_remaining([asked])[asked.pk] == 1


# Launching


def test_a_launch_makes_links_and_letters_that_open(town):
    _, plan, _, _ = town
    campaign = prepared(plan)
    assert lifecycle.launch(campaign, by=BY, at=NOW)
    assert outbox.deliver(at=NOW) == 1
    [sent] = mail.outbox
    assert sent.to == ["dominique@exemple.fr"] and sent.subject == "CTG : 1 valeur"
    assert sent.body.startswith("Dominique, CCAS, https://plan.exemple.fr/repondre/")
    token = sent.body.rstrip("/").rpartition("/")[2]
    assert EntryLink.objects.get(digest=digest_of(token)).solicitation.campaign == campaign
    assert links.find_link(token)


def test_a_launch_happens_once(town):
    _, plan, _, _ = town
    campaign = prepared(plan)
    assert lifecycle.launch(campaign, by=BY, at=NOW)
    assert not lifecycle.launch(Campaign.objects.get(), by=BY, at=NOW + dt.timedelta(hours=1))
    assert Campaign.objects.get().launched_at == NOW
    assert EntryLink.objects.count() == Letter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_hundred_clicks_launch_once(world, client_of):
    campaign = f.CampaignFactory(plan=world.foreign_plan, launched_at=None, period="2027")
    campaign.plan = world.plan
    campaign.save()
    asked = f.SolicitationFactory(campaign=campaign, organisation=world.service, indicators=[world.indicator])
    client = client_of(world.camille)
    path = reverse("indicators:campaign_launch", args=[campaign.pk])
    clicks = [copy_of(client) for _ in range(12)]
    replies = at_once([lambda one=one: one.post(path) for one in clicks])
    assert {reply.status_code for reply in replies} == {302}
    assert Letter.objects.count() == asked.links.count() == 1
    launches = Change.objects.filter(kind="campaign", field="launched_at")
    assert launches.count() == 1


def test_a_visit_is_no_gesture(town, client_of):
    territory, plan, ccas, indicator = town
    lifecycle.launch(prepared(plan, "2025"), by=BY, at=NOW)
    waiting = prepared(plan)
    link, asked = EntryLink.objects.get(), Solicitation.objects.get(campaign=waiting)
    gestures = {
        "campaign_launch": waiting,
        "campaign_trash": waiting,
        "solicitation_trash": asked,
        "solicitation_remind": link.solicitation,
        "link_renew": link,
        "link_revoke": link,
        "measurement_validate": f.MeasurementFactory(indicator=indicator, organisation=ccas),
    }
    client = client_of(f.MembershipFactory(territory=territory).user)
    before = state_of()
    for name, thing in gestures.items():
        assert client.get(reverse(f"indicators:{name}", args=[thing.pk])).status_code == 405, name
    assert not difference(before, state_of())


def test_nobody_asked_or_a_day_that_passed_launches_nothing(town):
    _, plan, _, indicator = town
    campaign = prepared(plan)
    with pytest.raises(lifecycle.NotReady):
        lifecycle.launch(campaign, by=BY, at=campaign.closes_at)
    indicator.contributors.clear()
    empty = prepared(plan, "2027")
    with pytest.raises(lifecycle.NotReady):
        lifecycle.launch(empty, by=BY, at=NOW)
    assert not Letter.objects.exists() and not EntryLink.objects.exists()


@pytest.mark.parametrize("opens_on", [dt.date(2026, 3, 29), dt.date(2026, 10, 25), dt.date(2026, 11, 12)])
def test_letters_leave_at_eight_in_paris_whatever_the_clock_does(town, opens_on):
    _, plan, _, _ = town
    campaign = prepared(plan, opens_on=opens_on, closes_on=opens_on + dt.timedelta(days=20))
    lifecycle.launch(campaign, by=BY, at=campaign.opens_at - dt.timedelta(days=2))
    assert timezone.localtime(Letter.objects.get().due_at).replace(tzinfo=None) == dt.datetime.combine(
        opens_on, dt.time(8)
    )


def test_an_invitation_that_waits_follows_what_is_changed(town):
    _, plan, _, _ = town
    campaign = prepared(plan, opens_on=dt.date(2026, 11, 20))
    lifecycle.launch(campaign, by=BY, at=NOW)
    values = {"opens_on": dt.date(2026, 11, 23), "message": "Autre texte : {lien}"}
    lifecycle.change_campaign(campaign, values, by=BY, at=NOW, seen=None)
    letter = Letter.objects.get()
    assert letter.body.startswith("Autre texte") and timezone.localdate(letter.due_at).day == 23
    asked = campaign.solicitations.get()
    contact = {"contact_name": "Sacha", "contact_email": "sacha@exemple.fr"}
    solicitations.change_contact(asked, contact, by=BY, at=NOW, seen=None)
    assert Letter.objects.get().to_email == "sacha@exemple.fr"


def test_an_organisation_added_later_is_invited_at_once(town):
    territory, plan, _, indicator = town
    campaign = prepared(plan)
    lifecycle.launch(campaign, by=BY, at=NOW)
    late = f.OrganisationFactory(territory=territory, contact_email="retard@exemple.fr")
    indicator.contributors.add(late)
    later = NOW + dt.timedelta(days=3)
    added = solicitations.add_organisation(campaign, late, by=BY, at=later)
    assert solicitations.add_organisation(campaign, late, by=BY, at=later) == added
    assert Letter.objects.get(to_email="retard@exemple.fr").due_at == later


def test_another_contact_gets_her_own_link_and_the_former_one_is_closed(town):
    _, plan, ccas, _ = town
    campaign = prepared(plan)
    lifecycle.launch(campaign, by=BY, at=NOW)
    asked = campaign.solicitations.get()
    for name, email in (("Dominique P.", "dominique@exemple.fr"), ("Sacha", "sacha@exemple.fr")):
        contact = {"contact_name": name, "contact_email": email}
        solicitations.change_contact(asked, contact, by=BY, at=NOW, seen=None)
    former, new = asked.links.all()
    assert former.revoked_at and not new.revoked_at and new.email == "sacha@exemple.fr"
    assert [letter.to_email for letter in Letter.objects.order_by("pk")][-1] == "sacha@exemple.fr"
    assert ccas.contact_email == "dominique@exemple.fr"


def test_a_contact_found_for_a_campaign_is_kept_for_the_next(town):
    territory, plan, _, indicator = town
    bare = f.OrganisationFactory(territory=territory)
    indicator.contributors.set([bare])
    asked = prepared(plan).solicitations.get()
    contact = {"contact_name": "Sacha", "contact_email": "sacha@exemple.fr"}
    solicitations.change_contact(asked, contact, by=BY, at=NOW, seen=None)
    bare.refresh_from_db()
    assert bare.contact_email == "sacha@exemple.fr"


def test_what_is_asked_is_changed_and_its_history_says_so(town):
    _, plan, ccas, indicator = town
    other = f.IndicatorFactory(plan=plan, wording="Rencontres", frequency=Frequency.SEMESTER)
    asked = prepared(plan).solicitations.get()
    solicitations.ask(asked, [indicator, other], by=BY, at=NOW)
    assert periods_of(asked) == ["2026", "2026-S1", "2026-S2"]
    kept = asked.questions.get(indicator=indicator).pk
    solicitations.ask(asked, [indicator], by=BY, at=NOW)
    assert asked.questions.get().pk == kept
    past = Change.objects.filter(kind="solicitation", label="ce qui est demandé").order_by("pk")
    assert [(one.before_text, one.after_text) for one in past] == [
        ("Participants", "Participants · Rencontres"),
        ("Participants · Rencontres", "Participants"),
    ]


# Links


def test_a_link_is_renewed_once_however_often_one_asks(town):
    _, plan, _, _ = town
    campaign = prepared(plan)
    lifecycle.launch(campaign, by=BY, at=NOW)
    first = EntryLink.objects.get()
    later = NOW + dt.timedelta(minutes=5)
    new = solicitations.renew_link(first, by=BY, at=later)
    again = solicitations.renew_link(EntryLink.objects.get(pk=first.pk), by=BY, at=later + dt.timedelta(1))
    assert again == new and EntryLink.objects.count() == 2 and Letter.objects.count() == 2
    assert EntryLink.objects.get(pk=first.pk).revoked_at == later


def test_a_revoked_link_takes_along_the_mails_that_carry_it(town):
    _, plan, _, _ = town
    campaign = prepared(plan, opens_on=dt.date(2026, 11, 20))
    lifecycle.launch(campaign, by=BY, at=NOW)
    solicitations.revoke_link(EntryLink.objects.get(), by=BY, at=NOW)
    assert not Letter.objects.exists() and EntryLink.objects.get().revoked_at == NOW


# Closing, opening again


def test_closing_stops_what_waits_and_the_first_moment_stays(town):
    _, plan, _, _ = town
    campaign = prepared(plan, opens_on=dt.date(2026, 11, 20))
    lifecycle.launch(campaign, by=BY, at=NOW)
    lifecycle.close(campaign, by=BY, at=NOW)
    lifecycle.close(campaign, by=BY, at=NOW + dt.timedelta(days=1))
    assert campaign.closed_at == NOW and campaign.stage(NOW) == Stage.CLOSED
    assert not Letter.objects.exists()


def test_an_organisation_is_opened_again_until_a_day_and_told(town):
    _, plan, _, _ = town
    campaign = prepared(plan)
    lifecycle.launch(campaign, by=BY, at=NOW)
    lifecycle.close(campaign, by=BY, at=NOW + dt.timedelta(days=5))
    asked = campaign.solicitations.get()
    later, until = NOW + dt.timedelta(days=6), dt.date(2026, 11, 20)
    assert not asked.is_open(later)
    assert lifecycle.reopen([asked], until=until, by=BY, at=later) == [asked]
    assert lifecycle.reopen([asked], until=until, by=BY, at=later + dt.timedelta(hours=1)) == []
    assert asked.is_open(paris(2026, 11, 20, 23, 59, 59)) and not asked.is_open(paris(2026, 11, 21))
    letter = Letter.objects.order_by("pk").last()
    assert "rouverte jusqu’au 20 novembre 2026" in letter.body


def test_withdrawing_closes_the_link(town):
    _, plan, _, _ = town
    campaign = prepared(plan)
    lifecycle.launch(campaign, by=BY, at=NOW)
    outbox.deliver(at=NOW)
    token = mail.outbox[0].body.rstrip("/").rpartition("/")[2]
    assert links.find_link(token)
    solicitations.withdraw(campaign.solicitations.get(), by=BY, at=NOW)
    assert links.find_link(token) is None


# The pages


@pytest.fixture
def camille(world, client_of):
    """Camille, before any campaign and any value."""
    for model in (Question, Solicitation, Campaign, Measurement):
        model.objects.all().delete()
    world.service.contact_name, world.service.contact_email = "Paul Roux", "paul.roux@exemple.fr"
    world.service.save()
    return client_of(world.camille)


def filled(page):
    """What the form of a page would send, untouched."""
    form = page.select_one("main form.letter")
    sent = {field["name"]: field.get("value", "") for field in form.select("input:not([type=checkbox])")}
    sent |= {field["name"]: field.text.removeprefix("\n") for field in form.select("textarea")}
    for select in form.select("select"):
        chosen = select.select_one("option[selected]") or select.select_one("option")
        sent[select["name"]] = chosen["value"]
    sent |= {
        name: [box["value"] for box in form.select(f"[name={name}][checked]")]
        for name in {box["name"] for box in form.select("[type=checkbox]")}
    }
    return sent


def test_a_campaign_takes_three_screens(world, camille):
    add = reverse("indicators:campaign_add", args=[world.plan.pk])
    page = soup(camille.get(add))
    check = soup(camille.post(add, filled(page), follow=True))
    assert "1 valeur sera demandée à 1 organisme" in check.select_one(".page-head__lead").text
    launch = check.select_one("form:has(.button--primary)")["action"]
    board = camille.post(launch, follow=True)
    assert "0 réponse reçue sur 1" in board.text
    assert outbox.deliver(at=timezone.now()) == 1
    assert mail.outbox[0].to == ["paul.roux@exemple.fr"]
    assert mail.outbox[0].reply_to == ["camille@exemple.fr"]


def test_the_same_form_twice_is_one_campaign(world, camille):
    add = reverse("indicators:campaign_add", args=[world.plan.pk])
    sent = filled(soup(camille.get(add)))
    replies = [camille.post(add, sent) for _ in range(3)]
    assert len({reply.headers["Location"] for reply in replies}) == 1
    assert Campaign.objects.count() == 1
    other = camille.post(add, sent | {"token": str(uuid.uuid4())})
    assert other.status_code == 422, "this period has its campaign"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"message": "Sans rien"}, "Il manque {lien}"),
        ({"reminder_message": "Rien non plus"}, "Il manque {lien}"),
        ({"message": "{lien} {prenom}"}, "{prenom} n’existe pas"),
        ({"subject": "Ici : {lien}"}, "pas dans l’objet"),
        ({"closes_on": "2020-01-01"}, "Ce jour est passé"),
        ({"opens_on": "2999-01-01"}, "Le dernier jour vient après l’ouverture"),
        ({"reminder_days": "dix"}, "nombres de jours"),
        ({"reminder_days": "0"}, "nombres de jours"),
        ({"reminder_days": "400"}, "nombres de jours"),
        ({"period": "1999"}, "Sélectionnez"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(world, camille, changed, said):
    add = reverse("indicators:campaign_add", args=[world.plan.pk])
    sent = filled(soup(camille.get(add))) | {"sender_name": "Un nom tapé"} | changed
    reply = camille.post(add, sent)
    assert reply.status_code == 422 and said in soup(reply).text
    assert soup(reply).select_one("[name=sender_name]")["value"] == "Un nom tapé"
    assert not Campaign.objects.exists()


def test_reminder_days_are_read_as_people_write_them(world, camille):
    add = reverse("indicators:campaign_add", args=[world.plan.pk])
    camille.post(add, filled(soup(camille.get(add))) | {"reminder_days": "3 et 10 jours"})
    assert Campaign.objects.get().reminder_days == "10, 3"


def test_who_has_no_contact_and_what_nobody_enters_is_said_before_the_launch(world, camille):
    world.indicator.contributors.add(world.partner)
    f.IndicatorFactory(plan=world.plan, wording="Personne ne le saisit")
    add = reverse("indicators:campaign_add", args=[world.plan.pk])
    page = soup(camille.post(add, filled(soup(camille.get(add))), follow=True))
    warning = page.select_one(".notice--warning")
    assert "Mission locale" in warning.text and "Service Jeunesse" not in warning.text
    assert "Personne ne le saisit" in page.select_one("details.notice").text
    fix = warning.select_one("a")["href"]
    sent = filled(soup(camille.get(fix)))
    page = soup(camille.post(fix, sent | {"contact_email": "ines@exemple.fr"}, follow=True))
    assert not page.select_one(".notice--warning") and "ines@exemple.fr" in page.text


def test_each_mail_is_shown_as_it_leaves_but_for_its_link(world, camille):
    add = reverse("indicators:campaign_add", args=[world.plan.pk])
    camille.post(add, filled(soup(camille.get(add))))
    campaign = Campaign.objects.get()
    shown = soup(camille.get(reverse("indicators:campaign_preview", args=[campaign.pk])))
    camille.post(reverse("indicators:campaign_launch", args=[campaign.pk]))
    outbox.deliver(at=timezone.now())
    [sent] = mail.outbox
    assert sent.subject in shown.text
    first, second = sent.body.split("https://", 1)[0], sent.body.split("\n\n")[-1]
    for part in (*first.strip().split("\n"), second):
        assert part.strip() in shown.text
    assert "{" not in sent.body + sent.subject
    assert "repondre/" not in shown.text.replace("/repondre/…", "")


def test_an_opened_campaign_keeps_its_opening(world, camille):
    campaign = f.CampaignFactory(plan=world.plan)
    path = reverse("indicators:campaign_edit", args=[campaign.pk])
    page = soup(camille.get(path))
    assert page.select_one("[name=opens_on]").has_attr("disabled")
    last = (timezone.localdate() + dt.timedelta(days=60)).isoformat()
    camille.post(path, filled(page) | {"opens_on": "2020-01-01", "closes_on": last})
    now = Campaign.objects.get()
    assert (now.opens_on, now.closes_on.isoformat()) == (campaign.opens_on, last)


def test_what_was_replaced_does_not_come_back_from_the_trash(world, camille):
    campaign = f.CampaignFactory(plan=world.plan, launched_at=None)
    path = reverse("indicators:campaign_trash", args=[campaign.pk])
    camille.post(path, {"seen": campaign.version})
    back = reverse("actions:trash_restore", args=["campaign", campaign.pk])
    again = f.CampaignFactory(plan=world.plan, launched_at=None)
    assert camille.post(back).status_code == 404
    again.delete()
    assert camille.post(back).status_code == 302
    assert Campaign.objects.current().get(plan=world.plan) == campaign


def test_a_launched_campaign_is_not_thrown_away(world, camille):
    campaign = f.CampaignFactory(plan=world.plan)
    path = reverse("indicators:campaign_trash", args=[campaign.pk])
    assert camille.post(path, {"seen": campaign.version}).status_code == 404


def test_the_history_of_the_plan_tells_of_its_campaigns(world, camille):
    add = reverse("indicators:campaign_add", args=[world.plan.pk])
    camille.post(add, filled(soup(camille.get(add))))
    camille.post(reverse("indicators:campaign_launch", args=[Campaign.objects.get().pk]))
    said = soup(camille.get(reverse("actions:plan_history", args=[world.plan.pk]))).text
    assert str(Campaign.objects.get()) in said and "Lancée le" in said


def test_the_list_costs_the_same_for_two_campaigns_as_for_twelve(
    world, camille, django_assert_num_queries, django_assert_max_num_queries
):
    path = reverse("indicators:campaign_list", args=[world.plan.pk])

    def fill(years):
        for year in years:
            campaign = f.CampaignFactory(plan=world.plan, period=str(year))
            f.SolicitationFactory(campaign=campaign, organisation=world.service, indicators=[world.indicator])

    fill(range(2000, 2002))
    camille.get(path)
    with django_assert_max_num_queries(40) as few:
        camille.get(path)
    fill(range(2002, 2012))
    with django_assert_num_queries(len(few)):
        camille.get(path)
