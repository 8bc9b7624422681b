"""Whole numbers from the environment, refused in one sentence where they are none."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

_DIGITS = 6


def whole_number(environment: Mapping[str, str], name: str, *, default: int, unit: str) -> int:
    """The number that the variable holds, ``default`` where it is unset or empty.

    Raises ImproperlyConfigured for anything but a whole number from 1 on, of at most six digits.
    """
    text = environment.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS and int(text)):
        raise ImproperlyConfigured(f"{name} must be a whole number of {unit}, 1 or more, not {text!r}.")
    return int(text)
