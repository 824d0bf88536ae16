from django.urls import path

from ..views import figures

urlpatterns = [
    path("plans/<int:pk>/indicateurs/", figures.indicator_list, name="indicator_list"),
    path("indicateurs/<int:pk>/", figures.indicator_detail, name="indicator_detail"),
    path("indicateurs/<int:pk>/pourquoi/<str:period>/", figures.figure_detail, name="figure_detail"),
]
