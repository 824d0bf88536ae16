"""The addresses of the indicators, one module for each part of their life."""

from . import answers, campaigns, definitions, figures, grid

app_name = "indicators"

urlpatterns = [
    *definitions.urlpatterns,
    *figures.urlpatterns,
    *grid.urlpatterns,
    *campaigns.urlpatterns,
    *answers.urlpatterns,
]
