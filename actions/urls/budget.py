from django.urls import path

from ..views import budget

urlpatterns = [
    path("plans/<int:pk>/budget/", budget.plan_budget, name="plan_budget"),
    path("actions/<int:pk>/budget/ajouter/", budget.budget_line_add, name="budget_line_add"),
    path("actions/<int:pk>/budget/financeurs/", budget.budget_funders_note, name="budget_funders_note"),
    path("lignes-de-budget/<int:pk>/modifier/", budget.budget_line_edit, name="budget_line_edit"),
    path("lignes-de-budget/<int:pk>/supprimer/", budget.budget_line_trash, name="budget_line_trash"),
]
