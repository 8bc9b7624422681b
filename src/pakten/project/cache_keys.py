"""The names under which the cache keeps things."""

from __future__ import annotations

from django.utils.crypto import salted_hmac


def digest(key: str, *space: object) -> str:
    """A keyed digest: the table of limits can't tell who tried to sign in, or from where."""
    name = ":".join([*map(str, space), key])
    return salted_hmac("pakten.project.cache_keys", name, algorithm="sha256").hexdigest()
