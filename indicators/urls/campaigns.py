from django.urls import path

from ..views import campaigns, reviews, solicitations

urlpatterns = [
    path("plans/<int:pk>/campagnes/", campaigns.campaign_list, name="campaign_list"),
    path("plans/<int:pk>/campagnes/ajouter/", campaigns.campaign_add, name="campaign_add"),
    path("campagnes/<int:pk>/", campaigns.campaign_detail, name="campaign_detail"),
    path("campagnes/<int:pk>/modifier/", campaigns.campaign_edit, name="campaign_edit"),
    path("campagnes/<int:pk>/courriels/", campaigns.campaign_preview, name="campaign_preview"),
    path("campagnes/<int:pk>/lancer/", campaigns.campaign_launch, name="campaign_launch"),
    path("campagnes/<int:pk>/clore/", campaigns.campaign_close, name="campaign_close"),
    path("campagnes/<int:pk>/rouvrir/", campaigns.campaign_reopen, name="campaign_reopen"),
    path("campagnes/<int:pk>/supprimer/", campaigns.campaign_trash, name="campaign_trash"),
    path("campagnes/<int:pk>/valider/", reviews.campaign_validate, name="campaign_validate"),
    path("campagnes/<int:pk>/organismes/ajouter/", solicitations.solicitation_add, name="solicitation_add"),
    path("sollicitations/<int:pk>/", solicitations.solicitation_detail, name="solicitation_detail"),
    path("sollicitations/<int:pk>/modifier/", solicitations.solicitation_edit, name="solicitation_edit"),
    path("sollicitations/<int:pk>/relancer/", solicitations.solicitation_remind, name="solicitation_remind"),
    path("sollicitations/<int:pk>/retirer/", solicitations.solicitation_trash, name="solicitation_trash"),
    path("liens/<int:pk>/renouveler/", solicitations.link_renew, name="link_renew"),
    path("liens/<int:pk>/revoquer/", solicitations.link_revoke, name="link_revoke"),
    path("valeurs/<int:pk>/valider/", reviews.measurement_validate, name="measurement_validate"),
    path("valeurs/<int:pk>/retourner/", reviews.measurement_return, name="measurement_return"),
]
