from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from ctg.web.http import Request
from ctg.web.words import listing
from partners.signing import author_of

from ..forms.attendance import AttendanceForm
from ..governance.attending import Disputed, note_presences, presences_of, seats_of
from ..models import Meeting
from .bodies import ROOM
from .meetings import links_to_meeting, meeting_to_edit
from .page import plan_page
from .plan_forms import page_or_post


@page_or_post
def attendance_edit(request: Request, pk: int) -> HttpResponse:
    """Say of each member whether she was there, and who else was, in one form."""
    meeting = meeting_to_edit(request, pk)
    standing, guests = presences_of(meeting)
    form = AttendanceForm(
        request.POST or None, meeting=meeting, seats=seats_of(meeting), standing=standing, guests=guests
    )
    if not form.is_bound or not form.is_valid():
        return attendance_page(request, meeting, form, status=422 if form.errors else 200)
    try:
        note_presences(
            meeting,
            wanted=form.wanted(),
            guests=(form.guests_before(), form.cleaned_data["guests"]),
            by=author_of(request.user, meeting.body.plan.territory_id),
            at=timezone.now(),
        )
    except Disputed as disputed:
        form.is_disputed = True
        names = listing([str(seat) for seat in disputed.seats])
        return attendance_page(request, meeting, form, disputed=names, status=409)
    messages.success(request, "Présences enregistrées.")
    return redirect(meeting)


def attendance_page(
    request: Request, meeting: Meeting, form: AttendanceForm, *, disputed: str = "", status: int
) -> HttpResponse:
    context = {"meeting": meeting, "form": form, "links": links_to_meeting(meeting), "disputed": disputed}
    return plan_page(
        request, meeting.body.plan, "actions/attendance_edit.html", context, current=ROOM, status=status
    )
