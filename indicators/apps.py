from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = "Indicateurs"

    def ready(self) -> None:
        from actions.merging import FOLLOWERS

        from .merging import IndicatorsFollow

        FOLLOWERS.append(IndicatorsFollow())
