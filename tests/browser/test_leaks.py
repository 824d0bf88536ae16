"""L7, L8: what people write never runs, and a window that was logged out shows nothing more."""

from django.utils import timezone
from playwright.sync_api import expect

from tests import factories as f

PAYLOADS = [
    "<script>window.ran = 1</script>",
    '"><img src=x onerror="window.ran = 2">',
    "<svg onload='window.ran = 3'><a xlink:href='javascript:window.ran=3'>lien</a></svg>",
    "javascript:window.ran=4",
    "[lien](javascript:window.ran=5)",
    "<div hx-get='/compte/profil/' hx-trigger='load' hx-target='body'>hx</div>",
    "<form hx-post='/compte/profil/nom/' hx-trigger='load'></form>",
    "</textarea><script>window.ran = 8</script>",
    "'-(window.ran = 9)-'",
    "{{ window.ran }}{% debug %}<iframe srcdoc='<script>top.ran = 10</script>'></iframe>",
]

#: What the browser keeps beside its cookies; htmx remembers the address of the page, which says nothing.
STORES = """async () => [...Object.keys(localStorage), ...await caches.keys(),
    ...Object.entries(sessionStorage).filter(([key, value]) =>
        key !== "htmx-current-path-for-history" || !/^[/?a-z0-9=-]+$/.test(value)).flat()]"""


def test_what_people_write_never_runs(browse, world):
    for number, payload in enumerate(PAYLOADS, start=10):
        organisation = f.OrganisationFactory(territory=world.territory, name=f"{number} {payload}")
        action = f.ActionFactory(
            plan=world.plan,
            number=number,
            title=payload,
            purpose=payload,
            ambition=f.AmbitionFactory(plan=world.plan, title=payload),
            theme=f.ThemeFactory(plan=world.plan, title=payload),
            calendar_text=payload,
            partners_text=payload,
            status="postponed",
            status_reason=payload,
        )
        f.InvolvementFactory(action=action, organisation=organisation)
        f.ProgressNoteFactory(action=world.action, text=payload, author_label=payload)
        f.MilestoneFactory(action=world.action, title=payload)
        f.FactorFactory(action=world.action, text=payload)
        f.IndicatorFactory(plan=world.plan, actions=[world.action], wording=payload)
        f.MilestoneFactory(action=world.action, title=payload, trashed_at=timezone.now())
    page = browse(world.camille, reduced_motion="reduce")
    by_htmx = []
    page.on(
        "request", lambda request: by_htmx.append(request.url) if "hx-request" in request.headers else None
    )
    plan, territory = world.plan.pk, world.territory.pk
    for address in (
        f"/plans/{plan}/",
        f"/plans/{plan}/?lecture=themes",
        f"/plans/{plan}/structure/",
        f"/plans/{plan}/historique/",
        f"/plans/{plan}/indicateurs/",
        f"/plans/{plan}/corbeille/",
        f"/plans/{plan}/en-lot/",
        f"/plans/{plan}/?q=%22%3E%3Cimg+src%3Dx+onerror%3D%22window.ran%3D1%22%3E",
        f"/actions/{world.action.pk}/",
        f"/actions/{action.pk}/",
        f"/actions/{action.pk}/modifier/texte/",
        f"/territoires/{territory}/organismes/",
        organisation.get_absolute_url(),
    ):
        page.goto(address, wait_until="load")
        assert page.evaluate("window.ran === undefined"), address
        assert not page.locator("a[href^='javascript:' i]").count(), address
    assert not by_htmx


def test_a_window_that_was_logged_out_shows_nothing(browse, world):
    page = browse(world.camille)
    page.goto(world.plan.get_absolute_url())
    page.get_by_role("link", name="Modifier l’action 1").click()
    page.get_by_label("Note", exact=True).fill("Le bail est signé.")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#messages")).to_contain_text("Action 1 enregistrée")
    page.goto(world.action.get_absolute_url())
    assert page.evaluate(STORES) == []
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")
    for _ in range(2):
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_have_text("Se connecter")
        expect(page.locator("body")).not_to_contain_text("café des jeunes")
    assert page.evaluate(STORES) == []
