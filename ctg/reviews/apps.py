from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "ctg.reviews"
    label = "reviews"
    verbose_name = "bilans et documents figés"

    def ready(self) -> None:
        from ctg.reviews import jobs  # noqa: F401
