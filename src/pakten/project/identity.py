"""The city's identity providers (OpenID Connect), from one environment variable.

``PAKTEN_OIDC`` is a JSON list with one object for each provider::

    [{"id": "staden", "name": "Stadens inloggning", "server": "https://login.example.org",
      "client_id": "pakten", "secret": "...", "subject": "sub", "two_factors": true}]

``id`` is part of the address that the provider sends people back to: ``/logga-in/<id>/klar/``. ``subject`` is
the claim that tells people apart, ``sub`` if left out; an employee e-ID without personal identity number will
do. ``two_factors`` says that the provider itself asks for two factors, so that Pakten needn't ask again.
"""

from __future__ import annotations

import json
import re
from typing import Any

from django.core.exceptions import ImproperlyConfigured

REQUIRED = ("id", "name", "server", "client_id", "secret")
OPTIONAL = ("subject", "two_factors")
# Our own addresses below /logga-in/.
RESERVED = frozenset({"kod", "steg-2", "nyckel", "bekrafta", "avbruten"})


def identity_providers(text: str) -> list[dict[str, Any]]:
    """What ``PAKTEN_OIDC`` says; none for an empty text. Raises ImproperlyConfigured with what is wrong."""
    if not text.strip():
        return []
    try:
        found = json.loads(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"PAKTEN_OIDC is not JSON: {error}") from error
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise ImproperlyConfigured("PAKTEN_OIDC must be a list of objects")
    for each in found:
        _check(each)
    if len({each["id"] for each in found}) < len(found):
        raise ImproperlyConfigured("PAKTEN_OIDC has the same id twice")
    return found


def allauth_providers(providers: list[dict[str, Any]]) -> dict[str, Any]:
    """The same providers in the form that allauth's ``SOCIALACCOUNT_PROVIDERS`` has."""
    apps = [
        {
            "provider_id": each["id"],
            "name": each["name"],
            "client_id": each["client_id"],
            "secret": each["secret"],
            "settings": {
                "server_url": each["server"],
                "uid_field": each.get("subject", "sub"),
                "oauth_pkce_enabled": True,
            },
        }
        for each in providers
    ]
    return {"openid_connect": {"APPS": apps}}


def _check(provider: dict[str, Any]) -> None:
    missing = [key for key in REQUIRED if not isinstance(provider.get(key), str) or not provider[key]]
    if missing:
        raise ImproperlyConfigured(f"PAKTEN_OIDC: a provider lacks {', '.join(missing)}")
    if unknown := sorted(provider.keys() - {*REQUIRED, *OPTIONAL}):
        raise ImproperlyConfigured(f"PAKTEN_OIDC: unknown {', '.join(unknown)}")
    name = provider["id"]
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name) or name in RESERVED:
        raise ImproperlyConfigured(f"PAKTEN_OIDC: the id {name!r} can't be used in an address")
