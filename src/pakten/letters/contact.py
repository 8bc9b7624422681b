"""What stands under "Frågor" in a letter: who answers, how to reach them, which number to give."""

from __future__ import annotations

from django.conf import settings

from pakten.accounts.models import User
from pakten.core.theme import theme


def whom_to_ask(who: User, registry_no: str) -> str:
    """The person, their address or the network's own, the telephone where the city has named one."""
    ways = [who.email or settings.CONTACT_EMAIL, settings.CONTACT_PHONE]
    reached = ", ".join(filter(None, (str(who), theme().city, *ways)))
    return f"{reached}. Ange numret {registry_no}."
