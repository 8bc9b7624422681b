"""Work by the clock: what was begun and never sent is deleted when its time is out."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from pakten.members.services import drafting

# A file whose row was never stored: nobody is still at it after a day.
_OWNERLESS = timedelta(days=1)


@task()
def delete_expired_drafts() -> int:
    """Delete drafts past their last day with their files, and files without a draft; how many drafts."""
    gone = drafting.delete_expired(timezone.localdate())
    drafting.delete_ownerless_files(_OWNERLESS)
    return gone
