from django.urls import path

from ..views import comparison

urlpatterns = [path("plans/<int:pk>/comparer/", comparison.comparison, name="comparison")]
