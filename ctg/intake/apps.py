from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "ctg.intake"
    label = "intake"
    verbose_name = "fichiers apportés"

    def ready(self) -> None:
        from partners import working

        from . import jobs  # noqa: F401
        from .sweeping import sweep

        working.SWEEPS.append(sweep)
