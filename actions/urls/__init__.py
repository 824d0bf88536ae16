from django.urls import URLPattern, path

from ..kinds import KINDS, Kind
from ..views import (
    actions,
    bulk,
    classify,
    factors,
    follow_up,
    headings,
    history,
    milestones,
    notes,
    organisations,
    plan_forms,
    plans,
    trash,
)
from . import blockages, budget, custom_fields, discussions, governance, saved_views, sessions, timeline

app_name = "actions"


def heading_urls(kind: Kind) -> list[URLPattern]:
    """The pages that the five kinds of headings have alike: `theme_add`, `theme_edit`…"""
    what = {"kind": kind.name}
    one = f"{kind.folder}/<int:pk>/"
    return [
        path(f"plans/<int:pk>/{kind.folder}/ajouter/", headings.heading_add, what, name=f"{kind.name}_add"),
        path(f"{one}modifier/", headings.heading_edit, what, name=f"{kind.name}_edit"),
        path(f"{one}deplacer/", headings.heading_move, what, name=f"{kind.name}_move"),
        path(f"{one}supprimer/", headings.heading_trash, what, name=f"{kind.name}_trash"),
    ]


urlpatterns = [
    path("plans/<int:pk>/", plans.plan_detail, name="plan_detail"),
    path("actions/<int:pk>/", actions.action_detail, name="action_detail"),
    path("actions/<int:pk>/modifier/<slug:slug>/", actions.action_edit, name="action_edit"),
    path("actions/<int:pk>/enregistrer/<slug:slug>/", actions.action_save, name="action_save"),
    path("actions/<int:pk>/suivi/", follow_up.follow_up_edit, name="follow_up_edit"),
    path("actions/<int:pk>/suivi/enregistrer/", follow_up.follow_up_save, name="follow_up_save"),
    path("actions/<int:pk>/jalons/ajouter/", milestones.milestone_add, name="milestone_add"),
    path("jalons/<int:pk>/modifier/", milestones.milestone_edit, name="milestone_edit"),
    path("jalons/<int:pk>/atteindre/", milestones.milestone_reach, name="milestone_reach"),
    path("jalons/<int:pk>/rouvrir/", milestones.milestone_reopen, name="milestone_reopen"),
    path("jalons/<int:pk>/supprimer/", milestones.milestone_trash, name="milestone_trash"),
    path("actions/<int:pk>/freins-et-leviers/ajouter/", factors.factor_add, name="factor_add"),
    path("freins-et-leviers/<int:pk>/modifier/", factors.factor_edit, name="factor_edit"),
    path("freins-et-leviers/<int:pk>/qualifier/", factors.factor_qualify, name="factor_qualify"),
    path("freins-et-leviers/<int:pk>/lever/", factors.factor_remove, name="factor_remove"),
    path("freins-et-leviers/<int:pk>/supprimer/", factors.factor_trash, name="factor_trash"),
    path("actions/<int:pk>/notes/", notes.note_list, name="note_list"),
    path("actions/<int:pk>/notes/ajouter/", notes.note_add, name="note_add"),
    path("notes/<int:pk>/modifier/", notes.note_edit, name="note_edit"),
    path("notes/<int:pk>/supprimer/", notes.note_trash, name="note_trash"),
    path("organismes/<int:pk>/fusionner/", organisations.organisation_merge, name="organisation_merge"),
    path("territoires/<int:pk>/plans/ajouter/", plan_forms.plan_add, name="plan_add"),
    path("territoires/<int:pk>/corbeille/", trash.territory_trash, name="territory_trash"),
    path("plans/<int:pk>/modifier/", plan_forms.plan_edit, name="plan_edit"),
    path("plans/<int:pk>/supprimer/", plan_forms.plan_trash, name="plan_trash"),
    path("plans/<int:pk>/structure/", headings.plan_structure, name="plan_structure"),
    path("plans/<int:pk>/classer/", classify.plan_classify, name="plan_classify"),
    path("plans/<int:pk>/historique/", history.plan_history, name="plan_history"),
    path("plans/<int:pk>/corbeille/", trash.trash_list, name="trash_list"),
    path("plans/<int:pk>/en-lot/", bulk.bulk_edit, name="bulk_edit"),
    path("plans/<int:pk>/en-lot/apercu/", bulk.bulk_preview, name="bulk_preview"),
    path("plans/<int:pk>/en-lot/appliquer/", bulk.bulk_apply, name="bulk_apply"),
    path("plans/<int:pk>/actions/ajouter/", plan_forms.action_add, name="action_add"),
    path("actions/<int:pk>/deplacer/", headings.action_move, name="action_move"),
    path("actions/<int:pk>/supprimer/", plan_forms.action_trash, name="action_trash"),
    path("actions/<int:pk>/historique/", history.action_history, name="action_history"),
    path("corbeille/<str:kind>/<int:pk>/restaurer/", trash.trash_restore, name="trash_restore"),
    path("lots/<uuid:batch>/annuler/", bulk.bulk_undo, name="bulk_undo"),
    *timeline.urlpatterns,
    *governance.urlpatterns,
    *blockages.urlpatterns,
    *discussions.urlpatterns,
    *sessions.urlpatterns,
    *saved_views.urlpatterns,
    *custom_fields.urlpatterns,
    *budget.urlpatterns,
    *(pattern for kind in KINDS.values() for pattern in heading_urls(kind)),
]
