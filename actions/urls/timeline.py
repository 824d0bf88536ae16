from django.urls import URLPattern, path

from ..views import kanban, timeline

urlpatterns: list[URLPattern] = [
    path("plans/<int:pk>/frise/", timeline.timeline, name="timeline"),
    path("plans/<int:pk>/statuts/", kanban.kanban, name="kanban"),
    path("actions/<int:pk>/statut/", kanban.kanban_move, name="kanban_move"),
]
