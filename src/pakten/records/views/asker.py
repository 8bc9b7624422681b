"""What the diary's pages ask of a request: who, which version, which files; and how it went."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from pakten.accounts.models import User
from pakten.records.refusals import RecordsRefused
from pakten.records.services import NewFile


def user_of(request: HttpRequest) -> User:
    """The person who is signed in; the view's ``@roles`` has seen to it that there is one."""
    assert isinstance(request.user, User)
    return request.user


def version_in(request: HttpRequest) -> int:
    """The version that the form showed; 0, which nothing has, for anything else."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else 0


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
