"""Reads: which two records may be the same organisation, and what speaks for it, in words.

Nothing here decides: a person compares the two, and says that they are not the same or makes them one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, islice
from urllib.parse import urlsplit

from django.db.models import Exists, OuterRef, Q, QuerySet
from rapidfuzz import fuzz
from rapidfuzz.distance.Levenshtein import distance

from pakten.members.queries.memberships import counted
from pakten.organisations.keys import search_key
from pakten.organisations.models import Merge, NotDuplicates, Organisation

# Where many have their mail or page: it says nothing of who they are.
_PUBLIC_HOSTS = frozenset(
    f"{name}.{ending}"
    for ending, names in {
        "com": (
            "facebook gmail googlemail hotmail icloud instagram linkedin live me msn outlook protonmail "
            "sites.google telia yahoo"
        ),
        "se": "comhem hotmail laget live spray svenskalag swipnet yahoo",
        "net": "bredband",
    }.items()
    for name in names.split()
)
# A domain with more organisations than this belongs to what they are part of: a city, a church, a chain.
_MOST_ON_A_DOMAIN = 4
# From here two names count as nearly alike, of 100; below it, names of one pattern would all be alike.
ALIKE, _ALIKE_WORD = 90, 80
# A slip of the pen changes a digit, and with it the check digit.
_WRONG_DIGITS = 2
_SHORTEST_NAME, _PREFIX, _LARGEST_BLOCK = 6, 4, 200
# Of the pairs that have only a word in common: what a page can compare while somebody waits for it.
MOST_COMPARED = 20_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two records that may be one organisation: what speaks for it, and what against."""

    one: Organisation
    other: Organisation
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, and how many pairs that have a word in common were left out, since they are many."""

    pairs: list[Candidate]
    left_out: int


def candidates(most: int = MOST_COMPARED) -> Found:
    """Pairs in which at least one is a member, but those that a person has said are not the same.

    Pairs of one name or one website are all compared; of those with only a word in common, at most ``most``.
    """
    rows = {row.pk: row for row in _records()}
    shared, said = _shared(rows.values()), _said()
    strong, weak = _pairs(rows.values())
    chosen = [*sorted(strong - said), *islice(sorted(weak - strong - said), most)]
    compared = (_compared(rows[one], rows[other], shared=shared) for one, other in chosen)
    found = _ordered(pair for pair in compared if pair is not None)
    return Found(found, len(strong | weak) - len(chosen) - len((strong | weak) & said))


def candidates_for(organisation: Organisation) -> list[Candidate]:
    """The records that may be the same as this one. One query, whatever the number of members."""
    hosts = _hosts(organisation)
    near = Q(match_key=organisation.match_key) | Q(match_key__startswith=organisation.match_key[:_PREFIX])
    for host in hosts:
        near |= Q(website__icontains=host) | Q(email__iendswith=f"@{host}")
    rows = list(_records().filter(near).exclude(pk=organisation.pk)[:_LARGEST_BLOCK])
    if not rows:
        return []
    shared = _shared([*rows, organisation])
    said = _said()
    compared = (
        _compared(organisation, row, shared=shared)
        for row in rows
        if (min(row.pk, organisation.pk), max(row.pk, organisation.pk)) not in said
    )
    return _ordered(pair for pair in compared if pair is not None)


def said_not_same() -> QuerySet[NotDuplicates]:
    """The pairs of which a person has said that they are not the same organisation, latest first."""
    return NotDuplicates.objects.select_related("one", "other", "said_by")


def merges() -> QuerySet[Merge]:
    """All merges, also those that were undone, latest first."""
    return Merge.objects.select_related("kept", "gone", "made_by", "undone_by")


def merges_into(organisation: Organisation) -> QuerySet[Merge]:
    """The records that went into this one and are there still."""
    return merges().filter(kept=organisation, undone_at=None)


def _records() -> QuerySet[Organisation]:
    is_member = Exists(counted().filter(organisation=OuterRef("pk")))
    return Organisation.objects.filter(merged_into=None).annotate(is_member=is_member).order_by("pk")


def _said() -> set[tuple[int, int]]:
    return set(NotDuplicates.objects.order_by().values_list("one_id", "other_id"))


def _pairs(rows: Iterable[Organisation]) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Pairs that have a name or a website in common, and pairs that have a word; only these are compared."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows:
        blocks["name", row.match_key].append(row.pk)
        for host in _hosts(row):
            blocks["host", host].append(row.pk)
        for word in {word[:_PREFIX] for word in row.match_key.split() if len(word) >= _PREFIX}:
            blocks["word", word].append(row.pk)
    strong: set[tuple[int, int]] = set()
    weak: set[tuple[int, int]] = set()
    for (kind, _), pks in blocks.items():
        if len(pks) <= _LARGEST_BLOCK:
            (weak if kind == "word" else strong).update(combinations(sorted(pks), 2))
    return strong, weak


def _compared(one: Organisation, other: Organisation, *, shared: frozenset[str]) -> Candidate | None:
    if not (getattr(one, "is_member", True) or getattr(other, "is_member", True)):
        return None
    reasons = (*_by_name(one, other), *_by_host(one, other, shared=shared))
    against: tuple[str, ...] = ()
    if one.org_nr and other.org_nr:
        # Two numbers are two organisations, unless one was written wrong.
        if one.match_key != other.match_key or distance(one.org_nr, other.org_nr) > _WRONG_DIGITS:
            return None
        against = ("Organisationsnumren är olika.",)
    if one.sector != other.sector:
        against = (*against, "Sektorerna är olika.")
    return Candidate(one, other, reasons, against) if reasons else None


def _by_name(one: Organisation, other: Organisation) -> Iterator[str]:
    if one.match_key == other.match_key:
        here = one.place and search_key(one.place) == search_key(other.place)
        yield f"Samma namn och samma ort, {one.place}." if here else "Samma namn, bortsett från stavning."
    elif _nearly(one.match_key, other.match_key):
        yield "Namnen är nästan lika."


def _nearly(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _SHORTEST_NAME or _digits(one) != _digits(other):
        return False
    if fuzz.token_sort_ratio(one, other, score_cutoff=ALIKE) < ALIKE:
        return False
    # A baker's and a haulier's name may share every letter but three: each word must have its like.
    words = other.split()
    return all(max(fuzz.ratio(word, each) for each in words) >= _ALIKE_WORD for word in one.split())


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _by_host(one: Organisation, other: Organisation, *, shared: frozenset[str]) -> Iterator[str]:
    if (host := _website_host(one)) and host == _website_host(other) and host not in shared:
        yield f"Samma webbplats, {host}."
    if (host := _mail_host(one)) and host == _mail_host(other) and host not in shared:
        yield f"E-post på samma domän, {host}."


def _shared(rows: Iterable[Organisation]) -> frozenset[str]:
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        for host in _hosts(row):
            counts[host] += 1
    return frozenset(host for host, count in counts.items() if count > _MOST_ON_A_DOMAIN)


def _hosts(row: Organisation) -> set[str]:
    return {host for host in (_website_host(row), _mail_host(row)) if host}


def _website_host(row: Organisation) -> str:
    return _host_in(row.website)


@lru_cache(maxsize=200_000)
def _host_in(website: str) -> str:
    """The host of an address. Kept: each record is compared with many, and reading an address is slow."""
    try:
        host = urlsplit(website).hostname or ""
    except ValueError:
        return ""
    return _own(host.removeprefix("www."))


def _mail_host(row: Organisation) -> str:
    return _own(row.email.rpartition("@")[2].strip().lower())


def _own(host: str) -> str:
    return "" if host in _PUBLIC_HOSTS or "." not in host else host


def _ordered(found: Iterable[Candidate]) -> list[Candidate]:
    return sorted(found, key=lambda pair: (len(pair.against), -len(pair.reasons), pair.one.sort_key))
