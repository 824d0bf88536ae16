from django.urls import path

from ..views import custom_fields

urlpatterns = [
    path("plans/<int:pk>/champs/", custom_fields.custom_field_list, name="custom_field_list"),
    path("plans/<int:pk>/champs/ajouter/", custom_fields.custom_field_add, name="custom_field_add"),
    path("champs/<int:pk>/modifier/", custom_fields.custom_field_edit, name="custom_field_edit"),
    path("champs/<int:pk>/deplacer/", custom_fields.custom_field_move, name="custom_field_move"),
    path("champs/<int:pk>/supprimer/", custom_fields.custom_field_trash, name="custom_field_trash"),
]
