from typing import Any, cast

from django import forms
from django.forms import modelform_factory

from ctg.reviews.evaluation.questions import Question
from ctg.reviews.models import Evaluation
from partners.editing import TrackedForm


def answer_form(question: Question) -> type[TrackedForm[Evaluation]]:
    """The form that answers for one question of an evaluation, and leaves the others alone."""
    form: Any = modelform_factory(
        Evaluation,
        form=TrackedForm,
        fields=(question.field,),
        widgets={question.field: forms.Textarea(attrs={"rows": 10})},
        labels={question.field: "Votre réponse"},
        help_texts={question.field: f"{question.help} N’écrivez aucun nom d’usager."},
    )
    return cast(type[TrackedForm[Evaluation]], form)
