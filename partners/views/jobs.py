"""What a person asked for and that takes long: where it is, and what it made."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ctg.web import uploads
from ctg.web.htmx import render_page
from ctg.web.http import Request

from .. import jobs
from ..models import Job
from ..models.job import JobQuerySet
from ..shell import Visitor, personal_shell


@require_safe
def job_list(request: Request) -> HttpResponse:
    context = {"jobs": held(request), "shell": personal_shell(Visitor(request.user), "jobs")}
    return render_page(request, "partners/job_list.html", context)


@require_safe
def job_detail(request: Request, pk: int) -> HttpResponse:
    """Where a job is. The page asks again by itself; « vu » is the state that it shows."""
    job = get_object_or_404(held(request), pk=pk)
    jobs.look_after(job, now=timezone.now())
    context = {
        "job": job,
        "place": jobs.place_of(job),
        "is_news": request.GET.get("vu") != job.state,
        "shell": personal_shell(Visitor(request.user), "jobs"),
    }
    return render_page(request, "partners/job_detail.html", context, fragments=["job"])


@require_safe
def job_download(request: Request, pk: int) -> HttpResponseBase:
    job = get_object_or_404(held(request).exclude(stored_as=""), pk=pk)
    try:
        return uploads.as_download(job.stored_as, job.result_name, job.media_type)
    except FileNotFoundError as error:
        raise Http404 from error


@require_POST
def job_cancel(request: Request, pk: int) -> HttpResponse:
    job = get_object_or_404(held(request), pk=pk)
    if jobs.cancel(job):
        messages.success(request, "C’est annulé.")
        return redirect("partners:job_list")
    messages.warning(request, "Trop tard pour annuler\u00a0: le travail a commencé.")
    return redirect(job)


@require_POST
def job_restart(request: Request, pk: int) -> HttpResponse:
    job = get_object_or_404(held(request), pk=pk)
    return redirect(jobs.start_again(job, at=timezone.now()))


def held(request: Request) -> JobQuerySet:
    return Job.objects.held_by(request.user).kept(timezone.now()).select_related("owner", "territory")
