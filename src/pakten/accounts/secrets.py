"""Encryption of what must be readable to us, but not to whoever reads a backup of the database."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def encrypt(text: str) -> str:
    """``text`` under the site's key."""
    return _box().encrypt(text.encode()).decode("ascii")


def decrypt(text: str) -> str:
    """The other way; also for what an earlier key (``SECRET_KEY_FALLBACKS``) encrypted."""
    return _box().decrypt(text.encode("ascii")).decode()


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str | bytes) -> bytes:
    written = key.encode() if isinstance(key, str) else key
    return base64.urlsafe_b64encode(hashlib.sha256(b"pakten.accounts.secrets:" + written).digest())
