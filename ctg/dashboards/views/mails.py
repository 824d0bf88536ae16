"""« Ne plus recevoir ces courriels »: one click, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ctg.web.htmx import render_page
from ctg.web.http import Visit
from partners.mail_choices import choose, find_choice
from partners.shell import Shell


@login_not_required  # Whoever reads the mail may stop it: the token says for whom.
@csrf_exempt  # Mail programs post here themselves (RFC 8058), without cookies; the token is the secret.
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stop(request: Visit, token: str) -> HttpResponse:
    """Ask on a visit, which scanners of mails make too; stop on a POST, and answer it without a redirect.

    The redirect is forbidden by RFC 8058. Nothing says whose mails they are.
    """
    choice = find_choice(token)
    if choice is not None and request.method == "POST":
        choose(choice, wants_news=False, wants_digest=False)
    is_stopped = choice is not None and not (choice.wants_news or choice.wants_digest)
    context = {"is_known": choice is not None, "is_stopped": is_stopped, "shell": Shell()}
    status = 200 if choice is not None else 404
    response = render_page(request, "dashboards/mail_stop.html", context, status=status)
    # The address of this one page is a secret that no other page may learn.
    response["Referrer-Policy"] = "no-referrer"
    return response
