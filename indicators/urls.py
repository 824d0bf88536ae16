from django.urls import path

from .views import indicators

app_name = "indicators"

urlpatterns = [
    path("plans/<int:pk>/indicateurs/", indicators.indicator_list, name="indicator_list"),
    path("actions/<int:pk>/indicateurs/ajouter/", indicators.indicator_add, name="indicator_add"),
    path("actions/<int:pk>/indicateurs/choisir/", indicators.indicator_share, name="indicator_share"),
    path("indicateurs/<int:pk>/modifier/", indicators.indicator_edit, name="indicator_edit"),
    path("indicateurs/<int:pk>/supprimer/", indicators.indicator_trash, name="indicator_trash"),
    path(
        "actions/<int:action_pk>/indicateurs/<int:pk>/retirer/",
        indicators.indicator_detach,
        name="indicator_detach",
    ),
    path(
        "actions/<int:action_pk>/indicateurs/<int:pk>/deplacer/",
        indicators.indicator_move,
        name="indicator_move",
    ),
]
