from django.apps import AppConfig


class AnswerbooksConfig(AppConfig):
    name = "ctg.answerbooks"
    label = "answerbooks"
    verbose_name = "classeurs de saisie"
