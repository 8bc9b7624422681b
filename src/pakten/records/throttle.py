"""A brake on the open form, shared by all server processes through the database. It names nobody."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from pakten.records.models import FormUse

WINDOW = timedelta(hours=1)
# An office or a library sits behind one address.
PER_ADDRESS = 30


def take(address: str) -> bool:
    """Count one sending from this address; False when there were too many within the window."""
    now = timezone.now()
    key = salted_hmac("pakten.records.throttle", address, algorithm="sha256").hexdigest()
    FormUse.objects.filter(since__lt=now - WINDOW).delete()
    FormUse.objects.get_or_create(key=key, defaults={"since": now})
    return bool(FormUse.objects.filter(key=key, count__lt=PER_ADDRESS).update(count=F("count") + 1))
