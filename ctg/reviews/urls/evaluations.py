from django.urls import path, register_converter

from ctg.reviews.evaluation.questions import QUESTIONS, Question
from ctg.reviews.models import Moment
from ctg.reviews.views import evaluations

BY_SLUG = {question.slug: question for question in QUESTIONS}


class MomentConverter:
    regex = "|".join(Moment.values)

    def to_python(self, value: str) -> Moment:
        return Moment(value)

    def to_url(self, value: str) -> str:
        return Moment(value).value


class QuestionConverter:
    regex = "|".join(BY_SLUG)

    def to_python(self, value: str) -> Question:
        return BY_SLUG[value]

    def to_url(self, value: str) -> str:
        return BY_SLUG[value].slug


register_converter(MomentConverter, "moment")
register_converter(QuestionConverter, "question")

urlpatterns = [
    path("plans/<int:pk>/evaluations/<moment:moment>/", evaluations.evaluation_add, name="evaluation_add"),
    path("evaluations/<int:pk>/", evaluations.evaluation_detail, name="evaluation_detail"),
    path(
        "evaluations/<int:pk>/questions/<question:question>/",
        evaluations.evaluation_question,
        name="evaluation_question",
    ),
    path(
        "evaluations/<int:pk>/projet.<paper:file_format>",
        evaluations.evaluation_document,
        name="evaluation_document",
    ),
    path("evaluations/<int:pk>/figer/", evaluations.evaluation_freeze, name="evaluation_freeze"),
    path("evaluations/<int:pk>/supprimer/", evaluations.evaluation_trash, name="evaluation_trash"),
]
