"""The engine at work: frozen editions loaded once, and each organisation held against them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from pakten.checks.ground import Ground
from pakten.checks.services.likenesses import Found
from pakten.checks.services.measure import keep_usage, listings_of, measured_by, usage_of
from pakten.checks.subjects import Member
from vandel import screening
from vandel.errors import InputError
from vandel.evidence import digest_of_value
from vandel.lists import EditionStore
from vandel.matching import Index

# How many indexes of earlier sets of editions are kept.
KEPT_INDEXES = 3

Key = tuple[str, str, str]  # list, entry on it, who was asked about


@dataclass(frozen=True, slots=True)
class Compared:
    """What the engine said of one member, with both sides of each likeness at hand."""

    control: screening.Control
    member: Member
    found: Mapping[Key, Found]
    titles: Mapping[str, str]

    def items(self, likeness_ids: Mapping[Key, int]) -> list[dict[str, Any]]:
        """One dictionary per list and bearer of a name, with the stored likenesses' keys."""
        return [self._item(item, likeness_ids) for item in self.control.items]

    def _item(self, item: screening.ListItem, likeness_ids: Mapping[Key, int]) -> dict[str, Any]:
        bearer = self.member.bearers[item.party.entity.id]
        return {
            "list_id": item.list_id,
            "list_title": self.titles.get(item.list_id, item.list_id),
            "binds": item.binding,
            "kind": bearer.kind.value,
            "name": bearer.entity.caption,
            "roles": list(bearer.roles),
            "result": item.result.value,
            "reason": item.reason.value,
            "detail": item.detail,
            "likenesses": [
                likeness_ids[(finding.list_id, finding.target_id, finding.query_id)]
                for finding in item.findings
            ],
        }


class Comparison:
    """Frozen editions, indexed. Raises ListRefused when an edition on disk is not what it was."""

    def __init__(self, ground: Ground) -> None:
        store = EditionStore(settings.LIST_STORE)
        self.ground = ground
        self._editions = {edition["list_id"]: edition for edition in ground.editions}
        index = index_of(store, ground)
        self._listings = {(listing.list_id, listing.entity.id): listing for listing in index.listings}
        self._screener = screening.Screener(
            index=index,
            editions=tuple(
                store.edition(list_id, it["edition_id"]).ref for list_id, it in self._editions.items()
            ),
            binding=frozenset(ground.binding),
            missing=ground.missing,
        )

    def of(self, member: Member, now: datetime) -> Compared:
        """Hold one member against every list; there is no cap on the number of likenesses."""
        control = self._screener.control(
            member.subject, at=now, threshold=self.ground.threshold, limit=max(1, len(self._listings))
        )
        found = {
            (finding.list_id, finding.target_id, finding.query_id): Found(
                bearer=member.bearers[finding.query_id],
                finding=finding,
                listing=self._listings[(finding.list_id, finding.target_id)],
                edition_id=self._editions[finding.list_id]["edition_id"],
                binds=self._editions[finding.list_id]["binds"],
            )
            for finding in control.findings
        }
        return Compared(control, member, found, self.ground.titles)


def index_of(store: EditionStore, ground: Ground) -> Index:
    """The index of exactly these editions; kept on disk, since the next run often uses the same ones.

    Raises ListRefused when an edition on disk is not what it was.
    """
    kept = _place(ground)
    if kept.exists():
        # A file that another version wrote, or that is damaged, is built anew.
        with suppress(InputError):
            return Index.load(kept)
    listings = listings_of(store, ((it["list_id"], it["edition_id"]) for it in ground.editions))
    index = Index.build(listings, usage=usage_of(store, ground))
    keep_usage(ground, index)
    kept.parent.mkdir(parents=True, exist_ok=True)
    index.save(kept)
    _forget_all_but(kept)
    return index


def _place(ground: Ground) -> Path:
    used = sorted((it["list_id"], it["edition_id"], it["sha256"]) for it in ground.editions)
    rules = [ground.rule_version, ground.engine_version, used, measured_by(ground)]
    return Path(settings.LIST_STORE) / ".index" / digest_of_value(rules)


def _forget_all_but(kept: Path) -> None:
    """Older indexes of other sets of editions: they can always be built again."""
    others = sorted(kept.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in [path for path in others if path != kept][KEPT_INDEXES:]:
        path.unlink(missing_ok=True)
