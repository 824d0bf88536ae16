from django.urls import path

from ctg.cycle.views import closing

urlpatterns = [
    path("plans/<int:pk>/clore/", closing.closing, name="closing"),
    path("plans/<int:pk>/clore/paquet/", closing.package_prepare, name="package_prepare"),
]
