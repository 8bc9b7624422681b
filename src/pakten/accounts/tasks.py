"""Work outside the page."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django_tasks import task

SUBJECT = "Din kod för att logga in i Pakten"


@task()
def send_code(address: str, code: str) -> None:
    """Send a code for signing in. It works only in the browser that asked for it, for fifteen minutes."""
    text = render_to_string("accounts/mail/code.txt", {"code": code})
    EmailMessage(SUBJECT, text, to=[address]).send()
