from django.urls import path

from ctg.cycle.views import starting

urlpatterns = [
    path("territoires/<int:pk>/commencer/", starting.start, name="start"),
    path("territoires/<int:pk>/commencer/modele/", starting.template_choose, name="template_choose"),
]
