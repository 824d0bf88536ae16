from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "ctg.documents"
    label = "documents"
    verbose_name = "documents"

    def ready(self) -> None:
        from ctg.documents import jobs  # noqa: F401
