from django.urls import path

from ..views import mails

urlpatterns = [
    path("courriels/arreter/<str:token>/", mails.mail_stop, name="mail_stop"),
]
