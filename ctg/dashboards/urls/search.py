from django.urls import path

from ..views import search

urlpatterns = [path("plans/<int:pk>/rechercher/", search.search, name="search")]
