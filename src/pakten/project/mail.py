"""Where e-mail goes: the city's relay, or a folder where nobody has named one."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def mail_settings(address: str, var: Path) -> dict[str, Any]:
    """Django's settings for ``smtp://user:password@host:port`` (STARTTLS) or ``smtps://...`` (TLS at once).

    ``smtp+plain://host`` sends without encryption, for a relay on the same machine. An empty address keeps
    each e-mail as a file in ``var/mail``. Raises ImproperlyConfigured for any other.
    """
    if not address:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(var / "mail"),
        }
    parts = urlsplit(address)
    if parts.scheme not in {"smtp", "smtps", "smtp+plain"} or not parts.hostname:
        raise ImproperlyConfigured("PAKTEN_SMTP must be smtp://host:port, smtps:// or smtp+plain://")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 587, "smtps": 465}.get(parts.scheme, 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }
