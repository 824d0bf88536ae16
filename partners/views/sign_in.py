"""What allauth does not do of signing in; the rest are its own views."""

from allauth.account.views import ConfirmLoginCodeView
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from ctg.web.http import Visit


class SingleUseCodeView(ConfirmLoginCodeView):
    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Use up the session that waits for the code, so that two requests at once open one."""
        if not self.request.session.renew_once():
            self.request.session.flush()
            return redirect("account_request_login_code")
        response: HttpResponse = super().form_valid(form)
        return response


@login_not_required  # Nobody signs up; allauth's mails and pages still name this address.
@require_safe
def signup_closed(request: Visit) -> HttpResponse:
    return redirect("account_login")
