"""An app for one-time codes, after RFC 6238 and on its own: not the code that is tested."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import time

from django.http import HttpResponse
from django.test import Client

ADD = "/mina-inloggningar/app/"


def code_of(secret: str, *, later: float = 0) -> str:
    """The six digits that an app shows now."""
    counter = int((time.time() + later) // 30).to_bytes(8, "big")
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def secret_on(page: HttpResponse) -> str:
    """The secret that the page tells to somebody who can't read its picture."""
    found = re.search(r"<code>([A-Z2-7]{32})</code>", page.content.decode())
    assert found
    return found[1]


def add_app(client: Client) -> str:
    """Add an app to the account that the client is signed in to; its secret."""
    secret = secret_on(client.get(ADD))
    answer = client.post(ADD, {"code": code_of(secret)})
    assert answer["Location"] == "/mina-inloggningar/reservkoder/", answer.content.decode()[-2000:]
    return secret
