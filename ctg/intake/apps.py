from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "ctg.intake"
    label = "intake"
    verbose_name = "fichiers apportés"
