from . import closing, renewing, starting

app_name = "cycle"

urlpatterns = [*starting.urlpatterns, *renewing.urlpatterns, *closing.urlpatterns]
