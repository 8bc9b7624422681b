"""The stop button."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.core.acts import act
from pakten.watching import policies
from pakten.watching.services import halting


@roles(*policies.STOP)
@require_POST
def press(request: HttpRequest) -> HttpResponse:
    """Stop all that is done by itself."""
    reason = request.POST.get("reason", "")
    actor, done = user_of(request), "Allt som görs automatiskt är stoppat."
    act(request, done, service=lambda: halting.press(actor=actor, reason=reason))
    return redirect("watching:overview")


@roles(*policies.STOP)
@require_POST
def release(request: HttpRequest) -> HttpResponse:
    """Let the watching go on."""
    reason = request.POST.get("reason", "")
    actor, done = user_of(request), "Bevakningen går igen. Det som väntade tas upp inom en minut."
    act(request, done, service=lambda: halting.release(actor=actor, reason=reason))
    return redirect("watching:overview")
