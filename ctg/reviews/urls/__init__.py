from . import drafts, evaluations, register, reviews

app_name = "reviews"

urlpatterns = [*register.urlpatterns, *reviews.urlpatterns, *drafts.urlpatterns, *evaluations.urlpatterns]
