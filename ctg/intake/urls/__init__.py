from . import dropped, returned

app_name = "intake"

urlpatterns = [*dropped.urlpatterns, *returned.urlpatterns]
