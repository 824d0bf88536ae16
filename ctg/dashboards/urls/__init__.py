from . import board, comparison, feeds, mails, public, search, todo

app_name = "dashboards"

urlpatterns = [
    *board.urlpatterns,
    *comparison.urlpatterns,
    *feeds.urlpatterns,
    *mails.urlpatterns,
    *public.urlpatterns,
    *search.urlpatterns,
    *todo.urlpatterns,
]
