from django.urls import path

from ..views import saved_views

urlpatterns = [
    path("plans/<int:pk>/reprendre/", saved_views.plan_return, name="plan_return"),
    path("plans/<int:pk>/vues/", saved_views.saved_view_list, name="saved_view_list"),
    path("plans/<int:pk>/vues/ajouter/", saved_views.saved_view_add, name="saved_view_add"),
    path("vues/<int:pk>/modifier/", saved_views.saved_view_edit, name="saved_view_edit"),
    path("vues/<int:pk>/supprimer/", saved_views.saved_view_remove, name="saved_view_remove"),
]
