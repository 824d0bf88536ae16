from django.urls import path, register_converter

from ctg.documents.exports import Format
from ctg.reviews.drafts import REVIEW_FORMATS
from ctg.reviews.views import drafts


class ReviewFormatConverter:
    regex = "|".join(REVIEW_FORMATS)

    def to_python(self, value: str) -> Format:
        return Format(value)

    def to_url(self, value: str) -> str:
        return Format(value)


register_converter(ReviewFormatConverter, "review_format")

urlpatterns = [
    path("bilans/<int:pk>/projet.<review_format:file_format>", drafts.review_file, name="review_file"),
]
