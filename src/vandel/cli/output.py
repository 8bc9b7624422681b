"""What commands share in what they show: progress on a terminal, and the form of a result file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from vandel.errors import InputError
from vandel.registers.table_write import Form

_FORMS: Final = {".csv": Form.CSV, ".jsonl": Form.JSON_LINES, ".xlsx": Form.XLSX}
_BY_NAME: Final = {"csv": Form.CSV, "jsonl": Form.JSON_LINES, "xlsx": Form.XLSX}
FORMAT_NAMES: Final = tuple(_BY_NAME)


def form_of(out: Path, wanted: str | None = None) -> Form:
    """How a result is written: as ``wanted``, one of ``FORMAT_NAMES``, else as the file's ending says."""
    if wanted is not None:
        return _BY_NAME[wanted]
    form = _FORMS.get(out.suffix.lower())
    if form is None:
        endings = ", ".join(_FORMS)
        raise InputError(
            "output.unknown_ending",
            f"{out}: a result's name ends in one of {endings}; or give --format",
            path=str(out),
        )
    return form


def progress(title: str, unit: str) -> Callable[[int, int], None] | None:
    """A function to tell how many are done of how many, drawn as a bar on a terminal; None elsewhere."""
    if not sys.stderr.isatty():
        return None
    # Imported here: a run without a terminal has no use for it.
    from tqdm import tqdm

    bar = tqdm(desc=title, unit=f" {unit}", leave=False)

    def show(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)
        if done >= total:
            bar.close()

    return show
