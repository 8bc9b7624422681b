"""From a template of ours and content as data to one PDF that is both PDF/A-3a (it lasts) and PDF/UA-1.

Typst lays it out with the fonts in its own wheel: no system library, no network, and the same bytes for the
same content. The content goes in as a file of data, so that nothing of it is ever read as code.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from pakten.letters.signs import only_certain, only_shown, plain

Clean = Callable[[str], str]
STANDARDS: list[Any] = ["a-3a", "ua-1"]


def typeset(template: Path, *, data: Callable[[Clean], str], enclosed: Sequence[bytes], on: date) -> bytes:
    """The PDF of ``data(clean)``, JSON whose texts the given function has cleaned.

    Signs that the fonts lack are written in Latin letters, more strictly each time that Typst refuses.
    ``enclosed`` lie beside the template as ``enclosed-0`` and on; ``on`` is the file's own date.
    """
    for clean in (plain, only_shown, only_certain):
        try:
            return _compile(template, data=data(clean), enclosed=enclosed, on=on)
        except typst.TypstError as error:
            if clean is only_certain or not _is_about_signs(error):
                raise
    raise AssertionError("the last way of writing either works or raises")


def cleaned(value: Any, clean: Clean) -> Any:
    """``value`` with each text within it cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: cleaned(item, clean) for key, item in value.items()}
    if isinstance(value, list):
        return [cleaned(item, clean) for item in value]
    return value


def _is_about_signs(error: typst.TypstError) -> bool:
    told = f"{error.message}{error.diagnostic}"
    return "could not be displayed" in told or "disallowed codepoint" in told


def _compile(template: Path, *, data: str, enclosed: Sequence[bytes], on: date) -> bytes:
    with tempfile.TemporaryDirectory(prefix="paper-") as name:
        folder = Path(name)
        (folder / "paper.typ").write_bytes(template.read_bytes())
        (folder / "content.json").write_text(data, encoding="utf-8")
        for number, file in enumerate(enclosed):
            (folder / f"enclosed-{number}").write_bytes(file)
        made: bytes = typst.compile(
            str(folder / "paper.typ"),
            root=name,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=STANDARDS,
            # Nowhere to find a package, and none is asked for.
            package_path=name,
            package_cache_path=name,
            timestamp=datetime.combine(on, time(12), UTC),
        )
    return made


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
