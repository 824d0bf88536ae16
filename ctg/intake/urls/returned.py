from django.urls import path

from ctg.intake.views import returned

urlpatterns = [
    path("plans/<int:pk>/classeur-revenu/", returned.returned_add, name="returned_add"),
    path("classeurs-revenus/<int:pk>/", returned.returned, name="returned"),
    path("classeurs-revenus/<int:pk>/reprendre/", returned.returned_apply, name="returned_apply"),
    path("classeurs-revenus/<int:pk>/annuler/", returned.returned_undo, name="returned_undo"),
]
