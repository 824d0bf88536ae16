from django.urls import include, path

urlpatterns = [
    path("compte/", include("partners.account_urls")),
    path("", include("ctg.web.urls")),
    path("", include("partners.urls")),
    path("", include("actions.urls")),
    path("", include("indicators.urls")),
    path("", include("ctg.documents.urls")),
    path("", include("ctg.dashboards.urls")),
    path("", include("ctg.opendata.urls")),
    path("", include("ctg.reviews.urls")),
    path("", include("ctg.intake.urls")),
    path("", include("ctg.answerbooks.urls")),
    path("", include("ctg.cycle.urls")),
]

handler400 = "ctg.web.errors.bad_request"
handler403 = "ctg.web.errors.permission_denied"
handler404 = "ctg.web.errors.page_not_found"
handler500 = "ctg.web.errors.server_error"
