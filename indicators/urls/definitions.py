from django.urls import path

from ..views import catalogue, common, dimensions, filling, indicators

urlpatterns = [
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
    path("plans/<int:pk>/indicateurs/completer/", filling.definition_fill, name="definition_fill"),
    path("territoires/<int:pk>/ventilations/", dimensions.dimension_list, name="dimension_list"),
    path("territoires/<int:pk>/ventilations/ajouter/", dimensions.dimension_add, name="dimension_add"),
    path("ventilations/<int:pk>/modifier/", dimensions.dimension_edit, name="dimension_edit"),
    path("ventilations/<int:pk>/supprimer/", dimensions.dimension_trash, name="dimension_trash"),
    path("territoires/<int:pk>/catalogue/", catalogue.catalogue_list, name="catalogue_list"),
    path("catalogue-commun/", common.common_list, name="common_list"),
    path("catalogue-commun/ajouter/", common.common_add, name="common_add"),
    path("catalogue-commun/<int:pk>/modifier/", common.common_edit, name="common_edit"),
    path("catalogue-commun/<int:pk>/retirer/", common.common_retire, name="common_retire"),
    path("catalogue-commun/<int:pk>/remettre/", common.common_restore, name="common_restore"),
]
