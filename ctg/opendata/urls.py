from django.urls import path

from .views import api, data, keys

app_name = "opendata"

urlpatterns = [
    path("plans/<int:pk>/donnees/", data.data_detail, name="data_detail"),
    path("plans/<int:pk>/donnees/cles/", keys.data_key_list, name="data_key_list"),
    path("plans/<int:pk>/donnees/cles/ajouter/", keys.data_key_add, name="data_key_add"),
    path("plans/<int:pk>/donnees/<str:file>/", data.data_file, name="data_file"),
    path("cles-de-donnees/<int:pk>/revoquer/", keys.data_key_revoke, name="data_key_revoke"),
    path("api/v1/<str:part_name>/", api.data_answer, name="data_answer"),
]
