from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "ctg.dashboards"
    label = "dashboards"
    verbose_name = "pages pour décider"
