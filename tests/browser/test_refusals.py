"""A5: a form that is refused says where, in a summary that takes the focus and leads to each field."""

import pytest
from playwright.sync_api import expect

from .audit import audit

#: What is refused: who sends it, from where, which fields she leaves empty.
FORMS = [
    (None, "/compte/connexion/", ["Adresse électronique", "Mot de passe"]),
    (None, "/compte/connexion/code/", ["Adresse électronique"]),
    (None, "/compte/mot-de-passe/oublie/", ["Adresse électronique"]),
    ("camille", "/compte/mot-de-passe/changer/", ["Mot de passe actuel", "Nouveau mot de passe"]),
    ("camille", "/territoires/{territory}/plans/ajouter/", ["Intitulé"]),
    ("camille", "/plans/{plan}/actions/ajouter/", ["Intitulé"]),
    ("camille", "/plans/{plan}/ambitions/ajouter/", ["Intitulé"]),
    ("camille", "/plans/{plan}/en-lot/", []),
    ("camille", "/actions/{action}/modifier/intitule/", ["Numéro", "Intitulé"]),
    ("camille", "/actions/{action}/jalons/ajouter/", ["Jalon"]),
    ("camille", "/actions/{action}/notes/ajouter/", ["Note"]),
    ("camille", "/actions/{action}/indicateurs/ajouter/", []),
    ("camille", "/territoires/{territory}/organismes/ajouter/", ["Nom"]),
    ("camille", "/territoires/{territory}/personnes/inviter/", ["Adresse électronique", "Prénom", "Nom"]),
    ("alex", "/administration/territoires/ajouter/", ["Nom"]),
    ("alex", "/administration/territoires/{territory}/inviter/", ["Adresse électronique"]),
]

#: What is wrong with the fields that the summary names.
FAULTS = """summary => [...summary.querySelectorAll("a[href^='#']")].flatMap(link => {
    const field = document.querySelector(link.hash);
    if (!field) return [`${link.hash} is nowhere`];
    const group = field.closest("fieldset[aria-describedby]") ?? field;
    const said = (group.getAttribute("aria-describedby") ?? field.getAttribute("aria-describedby") ?? "")
        .split(" ").map(id => document.getElementById(id)?.textContent ?? "").join(" ");
    const error = link.textContent.split("\\u00a0: ").slice(1).join("\\u00a0: ").trim();
    return [
        field.matches("[aria-invalid=true]") ? "" : `${link.hash} is not aria-invalid`,
        said.includes(error) ? "" : `${link.hash} is described by « ${said} », not by « ${error} »`,
    ].filter(Boolean);
})"""


@pytest.mark.parametrize(("name", "address", "emptied"), FORMS, ids=[address for _, address, _ in FORMS])
def test_a_refused_form_leads_to_its_errors(browse, world, name, address, emptied):
    page = browse(name and getattr(world, name), reduced_motion="reduce")
    page.goto(address.format(territory=world.territory.pk, plan=world.plan.pk, action=world.action.pk))
    for label in emptied:
        page.get_by_label(label, exact=True).and_(page.locator("input, textarea")).fill("")
    form = page.locator("main form:has(input:not([type=hidden]), textarea)").last
    form.evaluate("form => form.noValidate = true")
    form.locator(".button:not(a)").first.click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).not_to_have_count(0)
    assert not summary.evaluate(FAULTS)
    link = summary.get_by_role("link").first
    target = link.get_attribute("href")
    link.click()
    expect(page.locator(target)).to_be_focused()
    assert not audit(page)
