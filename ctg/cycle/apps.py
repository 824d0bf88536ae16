from django.apps import AppConfig


class CycleConfig(AppConfig):
    name = "ctg.cycle"
    label = "cycle"
    verbose_name = "vie d’une convention"

    def ready(self) -> None:
        from ctg.cycle import jobs  # noqa: F401
