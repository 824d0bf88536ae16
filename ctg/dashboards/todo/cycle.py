"""Where the convention begins, ends, and goes on in the next one: what that asks of the coordination."""

from django.urls import reverse

from ctg.cycle.models import Renewal, RenewalChoice
from ctg.cycle.renewing.rewriting import to_rewrite
from ctg.web.templatetags.ui import plural

from .desk import Desk
from .lines import Batch, Button, Line


def first_steps(desk: Desk) -> Batch:
    """What makes a plan of one that has no action yet."""
    if not desk.coordinates or desk.cases:
        return Batch()
    add = reverse("actions:action_add", args=[desk.plan.pk])
    people = reverse("partners:membership_list", args=[desk.plan.territory_id])
    structure = reverse("actions:plan_structure", args=[desk.plan.pk])
    return Batch(
        [
            Line(
                "Plan",
                "Écrire la première action",
                add,
                "Un intitulé suffit\u00a0; sa fiche se remplit ensuite.",
                [Button("Ajouter une action", add)],
            ),
            Line(
                "Plan",
                "Relire les lignes du plan",
                structure,
                "Les thématiques, les objectifs ou les ambitions sous lesquels les actions se rangent.",
                [Button("Ouvrir la structure", structure)],
            ),
            Line(
                "Accès",
                "Donner leur accès à celles et ceux qui suivront le plan",
                people,
                "Les services porteurs, les élus, la Caf.",
                [Button("Inviter", people)],
            ),
        ]
    )


def next_convention(desk: Desk) -> Batch:
    """From the last year of the plan on, until the next one is created."""
    plan = desk.plan
    if not desk.coordinates or not plan.last_year or desk.today.year < plan.last_year or not desk.cases:
        return Batch()
    url = reverse("cycle:renewal_open", args=[plan.pk])
    renewal = Renewal.objects.visible_to(desk.user).filter(plan=plan).select_related("created").first()
    if renewal is None:
        why = f"Ce plan va jusqu’en {plan.last_year}."
        return Batch([Line("CTG", "Préparer la prochaine CTG", url, why, [Button("Commencer", url)])])
    if renewal.is_done:
        return Batch()
    said = RenewalChoice.objects.visible_to(desk.user).filter(renewal=renewal, action__trashed_at=None)
    left = len(desk.cases) - said.exclude(verdict="").count()
    if left:
        title = f"{left} action{plural(left)} sans avis pour la prochaine CTG"
        detail = f"{renewal.get_absolute_url()}?voir=sans-avis"
        return Batch(
            [Line("CTG", title, detail, f"«\u00a0{renewal}\u00a0».", [Button("Donner un avis", detail)])]
        )
    create = reverse("cycle:renewal_create", args=[renewal.pk])
    why = "Chaque action a son avis."
    return Batch(
        [Line("CTG", f"Créer «\u00a0{renewal}\u00a0»", create, why, [Button("Créer le plan", create)])]
    )


def adapted(desk: Desk) -> Batch:
    """The actions taken over to be adapted, as long as their text is the one of the plan before."""
    if not desk.coordinates or not desk.plan.renewed_from_id:
        return Batch()
    return Batch(
        [
            Line(
                "Fiche",
                f"Adapter l’action {desk.cases[action].number}\u00a0: {desk.cases[action].title}",
                reverse("actions:action_detail", args=[action]),
                reason or "Reprise de la CTG précédente pour être adaptée.",
                [
                    Button(
                        "Réécrire",
                        reverse("actions:action_edit", args=[action, "texte"]),
                        desk.cases[action].title,
                    )
                ],
            )
            for action, reason in to_rewrite(desk.plan)
            if action in desk.cases
        ]
    )
