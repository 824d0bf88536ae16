from django.urls import path

from ctg.intake.views import dropping, importing, preview, splits

urlpatterns = [
    path("territoires/<int:pk>/plans/importer/", dropping.drop, name="drop"),
    path("plans/<int:pk>/completer/", dropping.drop_into, name="drop_into"),
    path("fichiers-apportes/<int:pk>/", preview.preview, name="preview"),
    path("fichiers-apportes/<int:pk>/colonnes/", preview.columns_edit, name="columns_edit"),
    path("fichiers-apportes/<int:pk>/annote/", preview.annotated, name="annotated"),
    path("fichiers-apportes/<int:pk>/decoupage/", splits.splits, name="splits"),
    path(
        "fichiers-apportes/<int:pk>/decoupage/organismes/",
        splits.organisations_edit,
        name="organisations_edit",
    ),
    path("fichiers-apportes/<int:pk>/decoupage/actions/", splits.splits_edit, name="splits_edit"),
    path("fichiers-apportes/<int:pk>/creer/", importing.plan_import, name="plan_import"),
    path("fichiers-apportes/<int:pk>/revenir-en-arriere/", importing.import_undo, name="import_undo"),
]
