"""An organisation that answers in a workbook: it takes it away, and brings it back."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from ctg.answerbooks.forms.dropping import BookForm
from ctg.answerbooks.returned.keeping import keep, waiting_for
from ctg.answerbooks.writing.answer_book import write_answer_book
from ctg.documents.views.exports import download
from ctg.intake.reading import read_safely
from ctg.intake.tables import Refusal
from ctg.web.http import Visit
from ctg.web.uploads import is_oversized
from indicators.answers.answering import Answerer
from indicators.views.answerers import for_answerers, framed
from partners.models import User


@for_answerers
@require_http_methods(["GET", "HEAD", "POST"])
def answer_book(request: Visit, answerer: Answerer) -> HttpResponse:
    """Take the workbook away; brought back, it leads to what it would change."""
    solicitation = answerer.solicitation
    if request.method != "POST":
        if not answerer.is_known:
            return redirect("indicators:answer_identify", solicitation.pk)
        return book_page(request, answerer, BookForm())
    form = BookForm(request.POST, request.FILES, is_oversized=is_oversized(request))
    if form.is_valid():
        [file] = form.brought[:1]
        user = request.user if isinstance(request.user, User) and answerer.link is None else None
        try:
            source = read_safely(file.read(), file.name or "classeur")
            return redirect(keep(solicitation, source, user=user, link=answerer.link, at=answerer.at))
        except Refusal as refusal:
            form.add_error("books", str(refusal))
    return book_page(request, answerer, form)


@for_answerers
@require_safe
def answer_book_file(request: Visit, answerer: Answerer) -> HttpResponse:
    return download(write_answer_book(answerer.solicitation, at=answerer.at))


def book_page(request: Visit, answerer: Answerer, form: BookForm) -> HttpResponse:
    context = {
        "form": form,
        "count": answerer.solicitation.questions.current().count(),
        "waiting": waiting_for(answerer),
    }
    status = 422 if form.errors else 200
    return framed(request, answerer, "answerbooks/answer_book.html", context, status=status)
