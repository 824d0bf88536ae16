from django.apps import AppConfig


class AnswerbooksConfig(AppConfig):
    name = "ctg.answerbooks"
    label = "answerbooks"
    verbose_name = "classeurs de saisie"

    def ready(self) -> None:
        from ctg.answerbooks import jobs  # noqa: F401
