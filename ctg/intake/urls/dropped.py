from django.urls import path

from ctg.intake.views import intake

urlpatterns = [
    path("territoires/<int:pk>/plans/importer/", intake.drop, name="drop"),
    path("fichiers-apportes/<int:pk>/", intake.preview, name="preview"),
    path("fichiers-apportes/<int:pk>/colonnes/", intake.columns_edit, name="columns_edit"),
    path("fichiers-apportes/<int:pk>/creer/", intake.plan_import, name="plan_import"),
]
