"""The demo's invented websites: every reserved host name of an organisation answers, from memory."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from pakten.demo.network import build_network
from pakten.demo.numbers import organisation_number
from pakten.organisations.models import Organisation
from pakten.visits import sites
from vandel.ids import orgnr
from vandel.website.invented import InventedPage
from vandel.website.outcome import NotVisited, Outcome

ORDINARY = "ordinary"
# Those that a visit of the demo shows first, one member each: every outcome that a website can have.
PLANNED = (
    "agreement", "exit_done", "exit_planned", "sales_stopped", "ongoing", "innocent", "energy", "ukrainian",
    "changed", "others_number", "nothing_told", "robots", "login", "parked", "social", "scripts", "picture",
    "circle", "inner", "broken", "silent", "slow", "certificate",
)  # fmt: skip
# A number that no organisation of the demo has.
_ANOTHER = 99_999
_FIRST_WORDS = {"/om-oss": "Om oss", "/kontakt": "Kontakt", "/jobb": "Jobb", "/nyheter": "Nyheter"}


@dataclass(frozen=True, slots=True)
class Script:
    """What a site has: pages by path, robots.txt, how it fails, how it was before, what its foot tells."""

    pages: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
    robots: str = ""
    fails: str = ""
    language: str = "sv"
    named: bool = True
    signed: bool = True


@cache
def scripts() -> dict[str, Script]:
    """All scripts by name."""
    text = files("pakten.demo.resources").joinpath("sites.yml").read_text(encoding="utf-8")
    return {name: Script(**told) for name, told in yaml.safe_load(text).items()}


@cache
def planned() -> dict[str, str]:
    """Which script the site of which host follows: the network's first members with a site and a number."""
    network = build_network()
    hosts = [
        member.organisation.website.removeprefix("https://")
        for member in network.members
        if member.organisation.website.endswith(".example")
        and member.organisation.sector != "public"
        and member.organisation.legal_form == "aktiebolag"
        and member.state == "active"
    ]
    return dict(zip(hosts, PLANNED, strict=False))


def way(address: str) -> sites.Way | None:
    """The way to the invented sites as they are now."""
    return sites.invented_way(answer, address)


def way_at(now: Callable[[], datetime]) -> Callable[[str], sites.Way | None]:
    """The way to the sites as they are, at another moment."""
    return lambda address: sites.invented_way(answer, address, now=now)


def way_before(now: Callable[[], datetime]) -> Callable[[str], sites.Way | None]:
    """The way to the sites as they were, at another moment."""
    return lambda address: sites.invented_way(answer_before, address, now=now)


def answer(host: str, target: str) -> InventedPage | None:
    """A page of an invented site. Raises NotVisited where the site can't be reached."""
    return _answer(host, target, before=False)


def answer_before(host: str, target: str) -> InventedPage | None:
    """The same, as the site was earlier."""
    return _answer(host, target, before=True)


def _answer(host: str, target: str, *, before: bool) -> InventedPage | None:
    owner = _owner(host)
    # .invalid is reserved so that it never leads anywhere.
    if owner is None or host.endswith(".invalid"):
        raise NotVisited(Outcome.NO_SUCH_NAME, f"There is no address behind the name {host}.")
    script = scripts()[planned().get(host.removeprefix("www."), ORDINARY)]
    if script.fails:
        raise NotVisited(Outcome(script.fails), "The invented site is made to fail.")
    if target == "/robots.txt":
        return InventedPage(script.robots.encode(), content_type="text/plain") if script.robots else None
    pages = {**script.pages, **script.before} if before else script.pages
    return _page(pages, target, script=script, owner=owner)


def _owner(host: str) -> Organisation | None:
    rows = Organisation.objects.filter(website__icontains=f"//{host}", merged_into=None)
    return rows.order_by("pk").first()


def _page(
    pages: Mapping[str, Any], target: str, *, script: Script, owner: Organisation
) -> InventedPage | None:
    told = pages.get(target)
    if told is None:
        return None
    if isinstance(told, dict):
        location = told.get("location", "")
        status = told.get("status", 302 if location else 200)
        return InventedPage(str(told.get("html", "")).encode(), status, location=location)
    links = "".join(f'<a href="{path}">{_word(path)}</a> ' for path in pages if path != "/")
    words = _facts(owner)
    body = "".join(f"<p>{html.escape(paragraph.format(**words))}</p>" for paragraph in told)
    title = f"{_word(target)} – {words['name']}" if script.named else "Välkommen"
    return InventedPage(
        f"<html lang={script.language}><head><title>{html.escape(title)}</title></head><body>"
        f"<nav>{links}</nav><main>{body}</main><footer>{_foot(script, words)}</footer></body></html>".encode()
    )


def _word(path: str) -> str:
    known = path.strip("/").replace("-", " ").capitalize()
    return _FIRST_WORDS.get(path, known or "Start")


def _facts(owner: Organisation) -> dict[str, str]:
    number = owner.org_nr or ""
    shown = "" if not number or owner.sole_trader else orgnr.format(number)
    return {
        "other": orgnr.format(organisation_number("aktiebolag", _ANOTHER)),
        "name": owner.legal_name,
        "number": shown,
        "place": owner.place or "staden",
        "description": owner.description or "Vi berättar gärna mer om vad vi gör när du kommer hit.",
    }


def _foot(script: Script, words: Mapping[str, str]) -> str:
    if not script.named:
        return ""
    number = f" Org.nr {words['number']}." if words["number"] and script.signed else ""
    return html.escape(f"{words['name']}, {words['place']}.{number}")
