"""Signs that a page is not the organisation's website, though a server sent it with a smile."""

from __future__ import annotations

import re
from typing import Final

from vandel.website.extract import Extract
from vandel.website.outcome import Outcome

_SOCIAL: Final = (
    "facebook.com", "fb.com", "fb.me", "instagram.com", "linkedin.com", "twitter.com", "x.com", "tiktok.com",
    "youtube.com", "youtu.be", "vk.com", "ok.ru", "t.me", "telegram.org", "threads.net", "linktr.ee",
    "discord.gg", "discord.com", "whatsapp.com",
)  # fmt: skip
_PARKING: Final = (
    "sedoparking.com",
    "parkingcrew.net",
    "bodis.com",
    "dan.com",
    "afternic.com",
    "hugedomains.com",
)
_PARKED: Final = re.compile(
    r"dom[aä]n(?:en|namnet)?[^\n]{0,60}(?:till salu|parkera)|(?:köp|buy) (?:denna|den här|this) dom"
    r"|domain[^\n]{0,60}(?:for sale|parked)|parked (?:free|domain)|domain parking"
    r"|(?:default|standard) ?(?:web ?)?(?:page|sida)|welcome to nginx|apache2? (?:\w+ )?default page"
    r"|it works!"
    r"|here is (?:the )?future home|coming soon|kommer snart|under (?:uppbyggnad|construction)"
    r"|домен (?:продается|припаркован)",
    re.I,
)
_SIGN_IN: Final = re.compile(
    r"logga in|inloggning|lösenord|sign in|log ?in|password|kirjaudu|войти|увійти|пароль", re.I
)
_LITTLE: Final = 1_500
_NOTHING: Final = 30


def is_social_network(host: str) -> bool:
    """Whether a host is one of the large social networks, which are not an organisation's own website."""
    return any(host == name or host.endswith(f".{name}") for name in _SOCIAL)


def not_a_website(page: Extract, host: str) -> tuple[Outcome, str] | None:
    """What a start page is instead of a website, and the sentence for people; None for a website."""
    letters = sum(map(str.isalnum, page.full[: 4 * _LITTLE]))
    short = letters < _LITTLE
    if any(host == name or host.endswith(f".{name}") for name in _PARKING) or (
        short and _PARKED.search(page.full)
    ):
        return Outcome.PARKED, "The address is parked, for sale or not built yet."
    if short and page.asks_password and _SIGN_IN.search(f"{page.title} {page.full}"):
        return Outcome.LOGIN, "The page is shown to those who sign in only."
    if letters < _NOTHING:
        return (
            Outcome.NO_TEXT,
            "The page holds no text without scripts: a person must look at it in a browser.",
        )
    return None
