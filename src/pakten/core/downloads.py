"""A table as a file to take home: Excel, CSV for people, CSV for programs."""

from __future__ import annotations

import io
from collections.abc import Callable

from django.http import Http404, HttpResponse

from vandel.registers.table_write import Form

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CSV = "text/csv; charset=utf-8"
# The last part of the address: what is written, the file's ending, its media type.
FORMS: dict[str, tuple[Form, str, str]] = {
    "excel": (Form.XLSX, "xlsx", _EXCEL),
    "csv": (Form.CSV_FOR_PEOPLE, "csv", _CSV),
    "maskin": (Form.CSV, "csv", _CSV),
}


def table_download(name: str, form: str, *, write: Callable[[io.BytesIO, Form], object]) -> HttpResponse:
    """What ``write(target, form)`` writes, as a file called ``name``. Raises Http404 for an unknown form."""
    if form not in FORMS:
        raise Http404
    kind, suffix, media_type = FORMS[form]
    target = io.BytesIO()
    write(target, kind)
    response = HttpResponse(target.getvalue(), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response
