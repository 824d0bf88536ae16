from django.urls import path

from ..views import attachments, discussions

urlpatterns = [
    path("actions/<int:pk>/dossier/", discussions.action_file, name="action_file"),
    path("actions/<int:pk>/echanges/ajouter/", discussions.discussion_add, name="discussion_add"),
    path("echanges/<int:pk>/modifier/", discussions.discussion_edit, name="discussion_edit"),
    path("echanges/<int:pk>/conclure/", discussions.discussion_conclude, name="discussion_conclude"),
    path("echanges/<int:pk>/rouvrir/", discussions.discussion_reopen, name="discussion_reopen"),
    path("echanges/<int:pk>/supprimer/", discussions.discussion_trash, name="discussion_trash"),
    path("echanges/<int:pk>/repondre/", discussions.message_add, name="message_add"),
    path("messages/<int:pk>/modifier/", discussions.message_edit, name="message_edit"),
    path("messages/<int:pk>/supprimer/", discussions.message_trash, name="message_trash"),
    path("actions/<int:pk>/documents/ajouter/", attachments.attachment_add, name="attachment_add"),
    path(
        "reunions/<int:pk>/documents/ajouter/",
        attachments.meeting_attachment_add,
        name="meeting_attachment_add",
    ),
    path("documents/<int:pk>/", attachments.attachment_open, name="attachment_open"),
    path("documents/<int:pk>/modifier/", attachments.attachment_edit, name="attachment_edit"),
    path("documents/<int:pk>/supprimer/", attachments.attachment_trash, name="attachment_trash"),
]
