from django.urls import path

from . import legal

app_name = "ctg"

urlpatterns = [
    path("accessibilite/", legal.accessibility, name="accessibility"),
    path("donnees-personnelles/", legal.privacy, name="privacy"),
    path("mentions-legales/", legal.legal, name="legal"),
]
