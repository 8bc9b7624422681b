"""Whole addresses, for letters: a job that writes one has no request to take the host from."""

from __future__ import annotations

from django.conf import settings


def whole(path: str) -> str:
    """The address on the site of a path like ``reverse()`` gives: ``https://pakten.example/intyga/...``."""
    return f"{settings.SITE_ADDRESS.rstrip('/')}{path}"
