"""What the browser needs to make or use a passkey, as text for an attribute of the page."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


def options_of(context: dict[str, Any], name: str) -> str:
    """``name`` of allauth's ``js_data`` as JSON; the page's script reads it from ``data-options``."""
    return json.dumps(context["js_data"][name], cls=DjangoJSONEncoder)
