"""What the pages of a file that was brought have in common: the decision, and what is said of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.text import slugify

from ctg.answerbooks.models.brought import Brought
from ctg.answerbooks.returned.comparing import Comparison
from ctg.answerbooks.taking_in import Decision, Taken
from ctg.documents.exports import Export
from ctg.documents.views.exports import download
from ctg.web.http import Visit

OUTDATED = "Quelqu’un a écrit entre-temps\u00a0: relisez, puis reprenez."
AGAIN = "Ce fichier était déjà repris\u00a0: rien n’a été écrit une seconde fois."


def decision_of(request: Visit, *, may_validate: bool) -> Decision:
    keys = {int(key) for key in request.POST.getlist("mine") if key.isdecimal() and len(key) < 10}
    validates = may_validate and request.POST.get("step") == "validate"
    return Decision(request.POST.get("checked", ""), keys, validates)


def say_taken(request: Visit, taken: Taken | None, decision: Decision) -> None:
    if taken is None:
        messages.info(request, AGAIN)
        return
    count = len(taken.written)
    many = "s" if count > 1 else ""
    how = f"et validée{many}" if decision.validates else "en brouillon"
    messages.success(request, f"{count} valeur{many} reprise{many} {how}.")
    if taken.left:
        messages.warning(request, f"{taken.left} non reprise(s)\u00a0: quelqu’un y a écrit à l’instant.")


def annotated_file(brought: Brought, comparison: Comparison) -> HttpResponse:
    stem = slugify(brought.name.rpartition(".")[0])[:120].strip("-") or "fichier"
    return download(Export(f"{stem}-annote.xlsx", comparison.annotated()))
