"""The key that signs sessions: from the environment, or from a file that only its owner may read."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

FILE_NAME = "secret-key"


def secret_key(environment: Mapping[str, str], var: Path, *, debug: bool) -> str:
    """``PAKTEN_SECRET_KEY``, else the file ``secret-key`` in ``var``; ImproperlyConfigured without both.

    With debugging on, a fixed key that protects nothing serves instead.
    """
    if key := environment.get("PAKTEN_SECRET_KEY", "").strip():
        return key
    file = var / FILE_NAME
    if file.is_file() and (key := file.read_text(encoding="ascii").strip()):
        return key
    if debug:
        return "for development on one's own machine; protects nothing"
    raise ImproperlyConfigured(
        f"Set PAKTEN_SECRET_KEY to a long random text, or write one to {file} (`make run` does that)."
    )


def make_secret_key(var: Path) -> None:
    """Write a new random key to ``var``, unless one is there; safe when two processes try at once."""
    var.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(var / FILE_NAME, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
