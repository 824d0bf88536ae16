from django.urls import path

from ..views import board, read_links

urlpatterns = [
    path("plans/<int:pk>/elus/", board.board, name="board"),
    path("plans/<int:pk>/elus/liste/", board.board_list, name="board_list"),
    path("plans/<int:pk>/liens/", read_links.read_link_list, name="read_link_list"),
    path("plans/<int:pk>/liens/ajouter/", read_links.read_link_add, name="read_link_add"),
    path("liens-de-lecture/<int:pk>/revoquer/", read_links.read_link_revoke, name="read_link_revoke"),
    path("lecture/<str:token>/", read_links.read_link_open, name="read_link_open"),
]
