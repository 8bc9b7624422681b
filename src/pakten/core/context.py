"""What every page knows about itself."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, object]:
    """Template variables for the base template."""
    return {"demo": settings.DEMO}
