from django.urls import path

from ..views import answers, evidence, links

urlpatterns = [
    path("repondre/<str:token>/", links.link_open, name="link_open"),
    path("a-saisir/", answers.answer_list, name="answer_list"),
    path("reponses/<int:pk>/", answers.answer_edit, name="answer_edit"),
    path("reponses/<int:pk>/qui-repond/", links.answer_identify, name="answer_identify"),
    path("reponses/<int:pk>/confier/", links.answer_hand_over, name="answer_hand_over"),
    path("reponses/<int:pk>/relire/", answers.answer_review, name="answer_review"),
    path("reponses/<int:pk>/envoyer/", answers.answer_submit, name="answer_submit"),
    path("reponses/<int:pk>/lu/", answers.answer_echo, name="answer_echo"),
    path("valeurs/<int:pk>/", evidence.measurement_detail, name="measurement_detail"),
    path("valeurs/<int:pk>/justificatifs/ajouter/", evidence.evidence_add, name="evidence_add"),
    path("justificatifs/<int:pk>/", evidence.evidence_detail, name="evidence_detail"),
    path("justificatifs/<int:pk>/retirer/", evidence.evidence_remove, name="evidence_remove"),
]
