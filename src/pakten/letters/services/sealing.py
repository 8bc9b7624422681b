"""What is kept of a text that has left: without the links that were its recipient's alone, and its digest."""

from __future__ import annotations

from pakten.core.secret_links import without_secrets
from pakten.letters.models import OutboxMessage
from vandel.evidence import sha256_hex


def sealed(message: OutboxMessage) -> dict[str, str]:
    """The columns of a message that is sent now. The digest is of the text as it left."""
    return {
        "body": without_secrets(message.body),
        "body_sha256": sha256_hex(message.body.encode()),
    }
