from django.urls import path

from .views import account, home, jobs, mail_choices, memberships, organisations, territories

app_name = "partners"

urlpatterns = [
    path("", home.home, name="home"),
    path("territoires/<int:pk>/organismes/", organisations.organisation_list, name="organisation_list"),
    path("territoires/<int:pk>/organismes/ajouter/", organisations.organisation_add, name="organisation_add"),
    path("organismes/<int:pk>/", organisations.organisation_detail, name="organisation_detail"),
    path("organismes/<int:pk>/modifier/", organisations.organisation_edit, name="organisation_edit"),
    path("organismes/<int:pk>/supprimer/", organisations.organisation_trash, name="organisation_trash"),
    path("territoires/<int:pk>/personnes/", memberships.membership_list, name="membership_list"),
    path("territoires/<int:pk>/personnes/inviter/", memberships.membership_invite, name="membership_invite"),
    path("acces/<int:pk>/relancer/", memberships.membership_remind, name="membership_remind"),
    path("acces/<int:pk>/modifier/", memberships.membership_edit, name="membership_edit"),
    path("acces/<int:pk>/retirer/", memberships.membership_revoke, name="membership_revoke"),
    path("administration/territoires/", territories.territory_list, name="territory_list"),
    path("administration/territoires/ajouter/", territories.territory_add, name="territory_add"),
    path("administration/territoires/<int:pk>/modifier/", territories.territory_edit, name="territory_edit"),
    path(
        "administration/territoires/<int:pk>/inviter/", territories.territory_invite, name="territory_invite"
    ),
    path("compte/profil/", account.account, name="account"),
    path("compte/profil/nom/", account.account_edit, name="account_edit"),
    path("compte/courriels/", mail_choices.mail_choice_edit, name="mail_choice_edit"),
    path("compte/sessions/fermer/", account.session_close_others, name="session_close_others"),
    path("compte/sessions/<slug:handle>/fermer/", account.session_close, name="session_close"),
    path("travaux/", jobs.job_list, name="job_list"),
    path("travaux/<int:pk>/", jobs.job_detail, name="job_detail"),
    path("travaux/<int:pk>/fichier/", jobs.job_download, name="job_download"),
    path("travaux/<int:pk>/annuler/", jobs.job_cancel, name="job_cancel"),
    path("travaux/<int:pk>/recommencer/", jobs.job_restart, name="job_restart"),
]
