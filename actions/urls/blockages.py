from django.urls import path

from ..views import blockages

urlpatterns = [
    path("actions/<int:pk>/blocages/ajouter/", blockages.blockage_add, name="blockage_add"),
    path("blocages/<int:pk>/modifier/", blockages.blockage_edit, name="blockage_edit"),
    path("blocages/<int:pk>/lever/", blockages.blockage_lift, name="blockage_lift"),
    path("blocages/<int:pk>/supprimer/", blockages.blockage_trash, name="blockage_trash"),
]
