from django.urls import path

from ..views import agenda, attendance, bodies, decisions, meetings

urlpatterns = [
    path("plans/<int:pk>/instances/", bodies.body_list, name="body_list"),
    path("plans/<int:pk>/instances/ajouter/", bodies.body_add, name="body_add"),
    path("instances/<int:pk>/", bodies.body_detail, name="body_detail"),
    path("instances/<int:pk>/modifier/", bodies.body_edit, name="body_edit"),
    path("instances/<int:pk>/supprimer/", bodies.body_trash, name="body_trash"),
    path("instances/<int:pk>/membres/ajouter/", bodies.seat_add, name="seat_add"),
    path("membres/<int:pk>/modifier/", bodies.seat_edit, name="seat_edit"),
    path("membres/<int:pk>/supprimer/", bodies.seat_trash, name="seat_trash"),
    path("instances/<int:pk>/reunions/ajouter/", meetings.meeting_add, name="meeting_add"),
    path("reunions/<int:pk>/", meetings.meeting_detail, name="meeting_detail"),
    path("reunions/<int:pk>/modifier/", meetings.meeting_edit, name="meeting_edit"),
    path("reunions/<int:pk>/supprimer/", meetings.meeting_trash, name="meeting_trash"),
    path("reunions/<int:pk>/arreter/", meetings.meeting_conclude, name="meeting_conclude"),
    path("reunions/<int:pk>/rouvrir/", meetings.meeting_reopen, name="meeting_reopen"),
    path("reunions/<int:pk>/completer/", agenda.meeting_fill, name="meeting_fill"),
    path("reunions/<int:pk>/points/ajouter/", agenda.item_add, name="item_add"),
    path("points/<int:pk>/modifier/", agenda.item_edit, name="item_edit"),
    path("points/<int:pk>/deplacer/", agenda.item_move, name="item_move"),
    path("points/<int:pk>/supprimer/", agenda.item_trash, name="item_trash"),
    path("reunions/<int:pk>/presences/", attendance.attendance_edit, name="attendance_edit"),
    path("plans/<int:pk>/decisions/", decisions.decision_list, name="decision_list"),
    path("plans/<int:pk>/decisions/ajouter/", decisions.decision_add, name="decision_add"),
    path("decisions/<int:pk>/", decisions.decision_detail, name="decision_detail"),
    path("decisions/<int:pk>/modifier/", decisions.decision_edit, name="decision_edit"),
    path("decisions/<int:pk>/decider/", decisions.decision_settle, name="decision_settle"),
    path("decisions/<int:pk>/appliquer/", decisions.decision_done, name="decision_done"),
    path("decisions/<int:pk>/supprimer/", decisions.decision_trash, name="decision_trash"),
]
