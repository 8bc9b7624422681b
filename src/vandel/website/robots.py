"""robots.txt as RFC 9309 has it: the longest rule wins, ``*`` and ``$`` work, 5xx means no for now.

Python's own reader takes the first rule instead of the longest and knows no wildcards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote_to_bytes

from vandel.website.fetch import Page
from vandel.website.outcome import Outcome

MOST_BYTES: Final = 500 * 1024
_MOST_RULES: Final = 5_000
_TOKEN: Final = re.compile(r"[a-zA-Z_-]+")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: whether it allows, and the path pattern."""

    allows: bool
    pattern: str

    def fits(self, target: str) -> bool:
        """Whether a path falls under the rule. Linear in time: no regular expression is built from it."""
        pattern = self.pattern
        to_the_end = pattern.endswith("$")
        first, *others = (pattern[:-1] if to_the_end else pattern).split("*")
        if not target.startswith(first):
            return False
        if to_the_end and not others:
            return target == first
        at = len(first)
        for number, part in enumerate(others):
            if to_the_end and number == len(others) - 1:
                return len(target) - len(part) >= at and target.endswith(part)
            found = target.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        return True


@dataclass(frozen=True, slots=True)
class Robots:
    """What a site asks of us. ``reason`` is empty where a file was read or none exists.

    ``closed`` means that nothing may be asked: the server could not say what it wants.
    """

    rules: tuple[Rule, ...] = ()
    closed: bool = False
    reason: str = ""

    def allows(self, target: str) -> bool:
        """Whether a path (with its query) may be asked for."""
        if self.closed:
            return False
        target = _evened(target)
        if target == "/robots.txt":
            return True
        fitting = [rule for rule in self.rules if rule.fits(target)]
        # The longest rule wins; of two as long the allowing one.
        return max(fitting, key=lambda rule: (len(rule.pattern), rule.allows), default=Rule(True, "")).allows


def robots_of(page: Page, *, token: str) -> Robots:
    """What the answer to ``/robots.txt`` means for the product token of our User-Agent."""
    if page.outcome is Outcome.VISITED:
        return parse(page.body[:MOST_BYTES].decode("utf-8", errors="replace"), token=token)
    if page.status is not None and 400 <= page.status < 500:
        return Robots()
    return Robots(closed=True, reason=page.reason or "The website did not say what may be read.")


def parse(text: str, *, token: str) -> Robots:
    """The rules for ``token``: those of its own groups, else those for ``*``."""
    ours: list[Rule] = []
    everyones: list[Rule] = []
    named = False
    agents: set[str] = set()
    in_rules = False
    for key, value in _lines(text):
        if key == "user-agent":
            agents = agents if not in_rules else set()
            in_rules = False
            found = _TOKEN.match(value)
            agents.add("*" if value.startswith("*") else found[0].lower() if found else "")
            named = named or token.lower() in agents
            continue
        in_rules = True
        if not value or len(ours) + len(everyones) > _MOST_RULES:
            continue
        rule = Rule(key == "allow", _evened(value))
        if token.lower() in agents:
            ours.append(rule)
        if "*" in agents:
            everyones.append(rule)
    return Robots(tuple(ours if named else everyones))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.removeprefix("\ufeff").replace("\r", "\n").split("\n"):
        key, colon, value = line.partition("#")[0].partition(":")
        key = key.strip().lower()
        if colon and key in {"user-agent", "allow", "disallow"}:
            yield key, value.strip()


def _evened(path: str) -> str:
    """Percent-encoding put into one form, so that ``%7E`` and ``~`` are the same path."""
    return quote(
        unquote_to_bytes(path.replace("%2F", "%252F").replace("%2f", "%252F")), safe="/%:@!$&'()*+,;=~-._?"
    )
