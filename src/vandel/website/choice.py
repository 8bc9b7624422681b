"""Which pages a visit reads: those that bear on a criterion, and no others (fewer personal data are kept)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from typing import Final
from urllib.parse import urldefrag, urljoin

from vandel.website.addresses import WebAddress, web_address
from vandel.website.extract import Link
from vandel.website.outcome import NotVisited

_OTHER_FILES: Final = re.compile(
    r"\.(?:pdf|jpe?g|png|gif|svg|webp|zip|docx?|xlsx?|pptx?|mp[34]|ics|css|js|xml|rss)\Z", re.I
)


class Topic(IntEnum):
    """What a page is about, in the order in which pages are read."""

    START = 0
    MATTER = 1  # Russia, war, collective agreement in the link's own words
    ABOUT = 2
    CONTACT = 3
    LEGAL = 4
    SUSTAINABILITY = 5
    JOBS = 6
    NEWS = 7


_WORDS: Final = {
    Topic.MATTER: (
        r"ryssland|rysk|russia|ukrain|belarus|venäj|росси|україн|kollektivavtal"
        r"|collective.?agreement"
    ),
    Topic.ABOUT: (
        r"\bom\b|om-?oss|\bom\W\w+|about|företaget|föreningen|verksamhet|vilka.?vi.?är|who.?we.?are"
        r"|tietoa|meistä|о.нас|про.нас|о.компании|über.?uns|uber.?uns"
    ),
    Topic.CONTACT: (
        r"kontakt|contact|hitta.?hit|yhteys|контакт|impressum|imprint"
    ),
    Topic.LEGAL: (
        r"integritet|privacy|villkor|terms|legal|juridi|stadgar|gdpr|dataskydd|tietosuoja|политика"
    ),
    Topic.SUSTAINABILITY: (
        r"hållbar|hallbar|sustainab|miljö|miljo|csr|\besg\b|värdegrund|vardegrund|värdering"
        r"|code.?of.?conduct|uppförandekod|uppforandekod|jämställd|jamstalld|policy|energi|energy"
        r"|vastuullisuus|устойчив|сталий|nachhaltig"
    ),
    Topic.JOBS: (
        r"jobb|karriär|karriar|career|\bjobs?\b|arbeta.?hos|lediga|rekryter|työpaikat|ваканс"
        r"|вакансії|karriere"
    ),
    Topic.NEWS: (
        r"nyhet|aktuellt|news|press|blogg|\bblog\b|uutiset|новост|новин|aktuelles"
    ),
}  # fmt: skip
_PATTERNS: Final = {topic: re.compile(words, re.I) for topic, words in _WORDS.items()}


def worth_reading(links: Iterable[Link], *, base: str) -> list[tuple[Topic, str]]:
    """The links of a page that lead to the same site and bear on a criterion, best first, each once."""
    home = web_address(base)
    best: dict[str, Topic] = {}
    for link in links:
        address = _address(link.href, base)
        topic = _topic(link, address)
        if address is None or topic is None or not same_site(address.host, home.host):
            continue
        best[address.url] = min(topic, best.get(address.url, topic))
    return sorted((topic, url) for url, topic in best.items())


def same_site(one: str, other: str) -> bool:
    """Whether two hosts are one site: equal but for ``www.``, or one a part of the other."""
    one, other = one.removeprefix("www."), other.removeprefix("www.")
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _address(href: str, base: str) -> WebAddress | None:
    if href.startswith(("#", "mailto:", "tel:", "javascript:", "data:")):
        return None
    try:
        joined = urldefrag(urljoin(base, href)).url
        address = web_address(re.sub(r"[\t\r\n]", "", joined).replace(" ", "%20"))
    except (NotVisited, ValueError):
        return None
    return None if _OTHER_FILES.search(address.target.partition("?")[0]) else address


def _topic(link: Link, address: WebAddress | None) -> Topic | None:
    if address is None:
        return None
    said = f"{link.words} {link.href.rpartition('//')[2].partition('/')[2]}"
    return next((topic for topic, pattern in _PATTERNS.items() if pattern.search(said)), None)
