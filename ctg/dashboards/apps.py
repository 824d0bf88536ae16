from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "ctg.dashboards"
    label = "dashboards"
    verbose_name = "pages pour décider"

    def ready(self) -> None:
        from actions.merging import FOLLOWERS

        from .merging import CalendarsFollow

        FOLLOWERS.append(CalendarsFollow())
