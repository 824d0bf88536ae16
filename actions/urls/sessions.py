from django.urls import path

from ..views import sessions

urlpatterns = [
    path("reunions/<int:pk>/seance/", sessions.session_open, name="session_open"),
    path("reunions/<int:pk>/seance/<int:rank>/", sessions.session_screen, name="session_screen"),
    path("points/<int:pk>/seance/meteo/", sessions.session_confidence, name="session_confidence"),
    path("points/<int:pk>/seance/echanges/", sessions.session_summary, name="session_summary"),
    path("points/<int:pk>/seance/decision/", sessions.session_settle, name="session_settle"),
]
