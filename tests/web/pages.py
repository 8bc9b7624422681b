"""What every page must be: checked on each page that a test fetches, so that nobody has to remember it.

Use ``check_page(response)`` on one answer, or ``CheckedClient``, which checks all pages that it gets.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

# Never in the interface: the words on the right of domain's list of words to avoid.
AVOIDED = ("screening", "svartlist", "riskklass", "riskpoäng", " träff", "godkänd organisation", "erhåll")
NAMED = ("aria-label", "aria-labelledby", "title")


class CheckedClient(Client):
    """Django's test client that fails on a page which is not well made."""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        check_page(response)
        return response


def check_page(response: HttpResponse) -> BeautifulSoup | None:
    """Fail with a list of everything that is wrong; None for answers that are no whole page."""
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return None
    soup = BeautifulSoup(response.content, "html.parser")
    if soup.html is None:
        return None
    faults = [*document(soup), *controls(soup), *addresses(soup), *structure(soup), *words(soup)]
    path = response.wsgi_request.get_full_path() if hasattr(response, "wsgi_request") else "page"
    assert not faults, f"{path}:\n  " + "\n  ".join(faults)
    return soup


def document(soup: BeautifulSoup) -> Iterator[str]:
    """Language, title, one main heading, nothing that the content security policy forbids."""
    if not soup.html or not soup.html.get("lang"):
        yield "no language"
    title = soup.title.get_text(strip=True) if soup.title else ""
    if not title or title.startswith("– Pakten"):
        yield "no title"
    headings = soup.find_all("h1")
    if len(headings) != 1 or not headings[0].get_text(strip=True):
        yield f"{len(headings)} h1 with a text, expected 1"
    for tag in soup.find_all("style"):
        yield f"style element: {tag}"
    for tag in soup.find_all("script", src=False):
        yield f"inline script: {tag}"
    for tag in soup.find_all(True):
        for name in tag.attrs:
            if name == "style" or (name.startswith("on") and name != "on"):
                yield f"{name}= on <{tag.name}>"


def controls(soup: BeautifulSoup) -> Iterator[str]:
    """Every control has a name for those who can't see it."""
    for tag in soup.find_all(["input", "select", "textarea"]):
        if tag.get("type") in {"hidden", "submit", "button"} or any(tag.get(name) for name in NAMED):
            continue
        labelled = tag.get("id") and soup.find("label", attrs={"for": tag["id"]})
        if not labelled and not tag.find_parent("label"):
            yield f"no label: {tag}"
    for tag in soup.find_all(["button", "a"]):
        if not tag.get_text(strip=True) and not any(tag.get(name) for name in NAMED):
            yield f"no text: {tag}"
    for tag in soup.find_all("img", alt=False):
        yield f"no alt text: {tag}"


def addresses(soup: BeautifulSoup) -> Iterator[str]:
    """Links and forms lead to pages that exist; forms that write carry the token."""
    for tag in soup.find_all("a"):
        href = str(tag.get("href", ""))
        if href in {"", "#"} or href.startswith("javascript:"):
            yield f"link to nowhere: {tag}"
        elif href.startswith("#") and not soup.find(id=href[1:]):
            yield f"link to a part that is not there: {tag}"
        elif not leads_somewhere(href):
            yield f"link to a page that does not exist: {href}"
    for form in soup.find_all("form"):
        method = str(form.get("method", "get")).lower()
        if not leads_somewhere(str(form.get("action", ""))):
            yield f"form to a page that does not exist: {form.get('action')}"
        if method == "post" and not form.find("input", attrs={"name": "csrfmiddlewaretoken"}):
            yield f"form without token: {form.get('action')}"


def leads_somewhere(address: str) -> bool:
    """Whether a local address has a view; other sites, downloads and queries on this page are let through."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/static/"):
        return True
    try:
        resolve(parts.path)
    except Resolver404:
        return False
    return True


def structure(soup: BeautifulSoup) -> Iterator[str]:
    """Unique ids, headings without leaps, tables with heads, nothing nested that may not be."""
    ids = [str(tag["id"]) for tag in soup.find_all(id=True)]
    for repeated in sorted({one for one in ids if ids.count(one) > 1}):
        yield f"id used twice: {repeated}"
    level = 0
    for heading in soup.find_all(["h1", "h2", "h3", "h4"]):
        found = int(heading.name[1])
        if found > level + 1 and level:
            yield f"heading leaps from h{level} to h{found}: {heading.get_text(strip=True)}"
        level = found
    for table in soup.find_all("table"):
        if not table.find("th"):
            yield "table without head cells"
    for tag in soup.find_all(["button", "a", "form"]):
        if isinstance(tag.find_parent(tag.name), Tag):
            yield f"<{tag.name}> inside <{tag.name}>"


def words(soup: BeautifulSoup) -> Iterator[str]:
    """Plain words; no trace of a template that could not be rendered."""
    text = soup.get_text(" ").lower()
    whole = str(soup)
    for word in AVOIDED:
        if word in text:
            yield f"word to avoid: {word.strip()}"
    for trace in ("{{", "{%", "{#", "<c-"):
        if trace in whole:
            yield f"template code on the page: {trace}"
    if any(line.strip() == "none" for line in text.splitlines()):
        yield "the word None stands alone"
