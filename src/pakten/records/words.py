"""How text is cleaned before it stands in the register, and folded so that it can be found."""

from __future__ import annotations

import unicodedata

from anyascii import anyascii

from pakten.audit.redaction import without_personal_numbers

# Signs that turn the reading direction of what follows: a name or a file's ending could lie with them.
_TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}


def one_line(text: str, limit: int) -> str:
    """``text`` as a register column holds it: one line, no hidden signs, at most ``limit`` characters.

    Personal identity numbers are replaced (L-29); the paper itself keeps what its sender wrote.
    """
    # Somebody may send a megabyte: what can't reach the column needs no cleaning.
    near = _valid(text.strip()[: 20 * limit])
    seen = "".join(" " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign for sign in near)
    line = without_personal_numbers(" ".join(seen.split()))
    assert isinstance(line, str)
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def several_lines(text: str) -> str:
    """``text`` with its line breaks, without hidden signs and personal identity numbers."""
    lines = (one_line(line, 10_000) for line in _valid(text).splitlines())
    return "\n".join(lines).strip()


def search_key(*texts: str) -> str:
    """Under which something is found, alike on every database: ``"Åkeri & Ö"`` gives ``"akeri & o"``."""
    whole = unicodedata.normalize("NFKC", "\n".join(texts))
    return "\n".join(" ".join(line.split()) for line in anyascii(whole).casefold().splitlines())


def mentions(text: str, name: str) -> bool:
    """Does the text hold any word of the name, whatever its case and accents? Short words are passed over."""
    words = {word for word in _words(name) if len(word) > 2}
    return not words.isdisjoint(_words(text))


def _words(text: str) -> set[str]:
    return set("".join(sign if sign.isalnum() else " " for sign in search_key(text)).split())


def _valid(text: str) -> str:
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(sign for sign in unicodedata.normalize("NFC", whole) if ord(sign) not in _TURNING)
