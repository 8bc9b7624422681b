"""A page's act: the service is called, and how it went is told; views of one line stay one line."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest

from pakten.core.refusals import Refusal


def act(request: HttpRequest, done: str, *, service: Callable[[], object]) -> bool:
    """Call the service and say in a message how it went: ``done``, or why not."""
    try:
        service()
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return False
    messages.success(request, done)
    return True


def carried_out(form: Form, service: Callable[[], object]) -> bool:
    """Call the service for a valid form; a refusal stands in the form, so that what was typed stays."""
    if not form.is_valid():
        return False
    try:
        service()
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True
