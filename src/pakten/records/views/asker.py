"""The files that came with a page of the diary, and how an act went."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from pakten.records.refusals import RecordsRefused
from pakten.records.services import NewFile


def new_files(found: list[UploadedFile[Any]]) -> list[NewFile]:
    """The uploaded files as the services take them."""
    return [NewFile(str(file.name), file) for file in found]


def act(request: HttpRequest, done: str, *, service: Callable[[], object]) -> bool:
    """Call the service and say in a message how it went."""
    try:
        service()
    except RecordsRefused as refusal:
        messages.error(request, refusal.sentence)
        return False
    messages.success(request, done)
    return True
