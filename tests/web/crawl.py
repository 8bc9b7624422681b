"""Finds pages the way a person does: from the start page along the links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import parse_qsl, urljoin, urlsplit

from bs4 import BeautifulSoup
from django.urls import Resolver404, resolve

SAMPLES = 2

# What answers for an address: its HTML, or None when it is no page.
Get = Callable[[str], str | None]


def pages(get: Get, *, start: str = "/", samples: int = SAMPLES) -> Iterator[str]:
    """Each address that links lead to, ``samples`` of each kind; ``get`` is called once for each."""
    seen: Counter[tuple[object, ...]] = Counter()
    waiting, known = [start], {start}
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if kind is None or seen[kind] >= samples:
            continue
        seen[kind] += 1
        html = get(address)
        yield address
        for link in links(html or "", address):
            if link not in known:
                known.add(link)
                waiting.append(link)


def kind_of(address: str) -> tuple[object, ...] | None:
    """Pages of one view and one tab are alike, whatever their filters; None for what is not ours."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    # A file to take away is one kind per form, whatever it is a file of.
    telling = {"form"} if "form" in match.kwargs else {"slug", "which"}
    words = tuple(sorted(value for key, value in match.kwargs.items() if key in telling))
    return (match.view_name, words, dict(parse_qsl(parts.query)).get("flik"))


def links(html: str, base: str) -> list[str]:
    """The local addresses that a page links to, without the part after #."""
    found = [str(tag["href"]) for tag in BeautifulSoup(html, "html.parser").find_all("a", href=True)]
    absolute = [urljoin(base, href).split("#")[0] for href in found]
    return [address for address in absolute if address.startswith("/")]
