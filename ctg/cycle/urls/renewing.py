from django.urls import path

from ctg.cycle.views import renewing

urlpatterns = [
    path("plans/<int:pk>/prochaine-ctg/", renewing.renewal_open, name="renewal_open"),
    path("renouvellements/<int:pk>/", renewing.renewal_detail, name="renewal_detail"),
    path("renouvellements/<int:pk>/modifier/", renewing.renewal_edit, name="renewal_edit"),
    path("renouvellements/<int:pk>/reconduire/", renewing.renewal_keep, name="renewal_keep"),
    path("renouvellements/<int:pk>/creer/", renewing.renewal_create, name="renewal_create"),
]
