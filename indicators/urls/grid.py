from django.urls import path

from ..views import grid

urlpatterns = [
    path("plans/<int:pk>/valeurs/", grid.value_grid, name="value_grid"),
]
