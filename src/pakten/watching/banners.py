"""What every page tells those who work here: a self-test that missed, and the stop button."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from pakten.accounts.models import User
from pakten.accounts.policies import STAFF, has_role
from pakten.core.banners import Banner
from pakten.core.templatetags.formats import moment
from pakten.watching import policies
from pakten.watching.queries.halts import halt
from pakten.watching.queries.selftests import alarm


def missed(request: HttpRequest) -> Banner | None:
    """Red until a later self-test finds all that it planted."""
    test = alarm() if _works_here(request) else None
    if test is None:
        return None
    text = (
        f"Självtestet {moment(test.at)} missade {len(test.missed)} av {len(test.planted)} planterade namn. "
        "Lita inte på kontroller utan namnlikheter."
    )
    may_see = has_role(_user(request), *policies.SEE)
    url = reverse("watching:selftest", args=[test.pk]) if may_see else ""
    return Banner("stop", "Kontrollen hittar inte allt den ska.", text, url, "Se vad som missades")


def stopped(request: HttpRequest) -> Banner | None:
    """As long as the stop button is pressed."""
    known = halt() if _works_here(request) else None
    if known is None:
        return None
    text = f"{known.stopped_by} stoppade {moment(known.stopped_at)}: {known.reason}"
    url = reverse("watching:overview") if has_role(_user(request), *policies.SEE) else ""
    title = "Inget hämtas, besöks eller kontrolleras automatiskt."
    return Banner("warn", title, text, url, "Till bevakningen")


def _works_here(request: HttpRequest) -> bool:
    return has_role(_user(request), *STAFF)


def _user(request: HttpRequest) -> User | None:
    user = getattr(request, "user", None)
    return user if isinstance(user, User) else None
