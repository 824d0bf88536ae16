from . import evaluations, register, reviews

app_name = "reviews"

urlpatterns = [*register.urlpatterns, *reviews.urlpatterns, *evaluations.urlpatterns]
