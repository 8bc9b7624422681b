"""The secret in each recipient's link. Only its digest is stored; it can be made again, for a reminder.

The secret follows from the site's key, the campaign, the member and the address: whoever reads a copy of the
database can't make it, and another address gives another link, so that the old one stops working.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode

from django.utils.crypto import salted_hmac


def secret_for(*, campaign_id: int, membership_id: int, email: str) -> str:
    """The secret of a link: 43 signs that may stand in an address."""
    what = f"{campaign_id}:{membership_id}:{email}"
    made = salted_hmac("pakten.members.links", what, algorithm="sha256").digest()
    return urlsafe_b64encode(made).decode("ascii").rstrip("=")


def digest_of_secret(secret: str) -> str:
    """What is stored of it."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
