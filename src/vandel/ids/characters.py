"""What people, spreadsheets and web pages do to the characters of a number, undone."""

from __future__ import annotations

import unicodedata

_DROPPED_CATEGORIES = frozenset({"Zs", "Pd", "Cf", "Cc"})  # spaces, hyphens and dashes, invisible marks
_MINUS = "\u2212"  # a mathematical sign by category, a hyphen in practice


def squeeze(text: str) -> str:
    """``text`` in upper case without spaces, hyphens and invisible marks; digits of any script as 0-9.

    Superscript and circled digits stay as they are: a footnote mark must not become part of a number.
    """
    if text.isascii() and text.isalnum():
        return text.upper()
    return "".join(_plain(char) for char in text).upper()


def _plain(char: str) -> str:
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    if char == _MINUS or unicodedata.category(char) in _DROPPED_CATEGORIES:
        return ""
    wide = unicodedata.decomposition(char).startswith("<wide>")
    return unicodedata.normalize("NFKC", char) if wide else char


def is_digits(text: str) -> bool:
    """Whether ``text`` is one or more of the digits 0-9 and nothing else."""
    return text.isascii() and text.isdigit()
