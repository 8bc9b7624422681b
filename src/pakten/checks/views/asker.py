"""Where a refused act leads: a sentence on the page that they came from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from pakten.checks.refusals import ChecksRefused
from pakten.core.sentences import in_swedish
from vandel.errors import InputError


@contextmanager
def told(request: HttpRequest, kept: str = "") -> Iterator[None]:
    """Tell a refusal as one sentence on the next page, with ``kept``: what stays as it was."""
    try:
        yield
    except ChecksRefused as refused:
        messages.error(request, f"{refused.sentence} {kept}".strip())
    except InputError as error:
        messages.error(request, f"{in_swedish(error)} {kept}".strip())
