"""What a form says of a field that was left empty."""

from __future__ import annotations


def fill_in(label: str) -> str:
    """``Fyll i ort.``; a question is answered: ``Svara på frågan ”Varför?”.``"""
    if label.endswith("?"):
        return f"Svara på frågan ”{label}”."
    return f"Fyll i {label[:1].lower()}{label[1:]}."
