from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "ctg.reviews"
    label = "reviews"
    verbose_name = "bilans et documents figés"

    def ready(self) -> None:
        from ctg.documents.demonstration.loading import SEQUELS
        from ctg.reviews import jobs  # noqa: F401
        from ctg.reviews.demonstration import Reviewed
        from ctg.reviews.keeping import jobs as freezing_jobs  # noqa: F401

        SEQUELS.append(Reviewed())
