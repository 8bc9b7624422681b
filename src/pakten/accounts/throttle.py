"""A brake on guessing passwords, shared by all server processes through the database."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from pakten.accounts.models import FailedSignIn

WINDOW = timedelta(minutes=5)
PER_NAME = 5
# An office sits behind one address, so this is far higher.
PER_ADDRESS = 60


def take(username: str, address: str) -> bool:
    """Count one attempt before the password is looked at; False when there were too many in the window.

    Counting first leaves no gap for many attempts at the same moment.
    """
    one = _take(_name_key(username, address), PER_NAME)
    return _take(_key(address), PER_ADDRESS) and one


def forget(username: str, address: str) -> None:
    """The sign-in succeeded: earlier mistakes with this name are forgiven."""
    FailedSignIn.objects.filter(key=_name_key(username, address)).delete()


def address_of(request: HttpRequest) -> str:
    """The visitor's address; behind our own proxy, the one that the proxy saw (last in the header)."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def _take(key: str, limit: int) -> bool:
    now = timezone.now()
    FailedSignIn.objects.filter(since__lt=now - WINDOW).delete()
    FailedSignIn.objects.get_or_create(key=key, defaults={"since": now})
    return bool(FailedSignIn.objects.filter(key=key, count__lt=limit).update(count=F("count") + 1))


def _name_key(username: str, address: str) -> str:
    return _key(f"{username.strip().casefold()}\n{address}")


def _key(text: str) -> str:
    return salted_hmac("pakten.accounts.throttle", text, algorithm="sha256").hexdigest()
