"""How much each word weighs: measured in stated editions, so that scores stay while a list changes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from django.conf import settings

from pakten.checks.ground import Ground
from vandel.evidence import digest_of_value
from vandel.evidence.durable import replace_file
from vandel.lists import EditionStore
from vandel.matching import Index
from vandel.matching.partition import Usage
from vandel.model import Listing

# How many measures are kept on disk; each can be made again from its editions.
KEPT = 3

Named = tuple[str, str]  # a list and one of its editions


def measured_by(ground: Ground) -> list[Named]:
    """The editions that the words are measured in, lists left out for their age included."""
    entries = (*ground.editions, *ground.gaps)
    return sorted((entry["list_id"], entry["words_from"]) for entry in entries if entry.get("words_from"))


def usage_of(store: EditionStore, ground: Ground) -> tuple[Usage, Usage] | None:
    """The measure of organisations' and of persons' words.

    None where the ground's own editions are the ones to measure in. Raises ListRefused when an edition on
    disk is damaged.
    """
    if _measures_itself(ground):
        return None
    place = _place(ground)
    if place.exists():
        organisations, persons = json.loads(place.read_bytes())
        return Usage(**organisations), Usage(**persons)
    usage = Index.build(listings_of(store, measured_by(ground))).usage
    _keep(place, usage)
    return usage


def keep_usage(ground: Ground, index: Index) -> None:
    """Keep the measure of an index that measures itself, for the editions that come after it."""
    if _measures_itself(ground):
        _keep(_place(ground), index.usage)


def _measures_itself(ground: Ground) -> bool:
    named = measured_by(ground)
    return not named or named == sorted((it["list_id"], it["edition_id"]) for it in ground.editions)


def _keep(place: Path, usage: tuple[Usage, Usage]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    replace_file(place, json.dumps([asdict(one) for one in usage], ensure_ascii=False).encode())
    _forget_all_but(place)


def listings_of(store: EditionStore, named: Iterable[Named]) -> list[Listing]:
    """All entries of these editions."""
    return [listing for list_id, edition_id in named for listing in store.load(list_id, edition_id)]


def _place(ground: Ground) -> Path:
    key = digest_of_value([ground.rule_version, ground.engine_version, measured_by(ground)])
    return Path(settings.LIST_STORE) / ".words" / f"{key}.json"


def _forget_all_but(kept: Path) -> None:
    others = sorted(kept.parent.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in [path for path in others if path != kept][KEPT:]:
        path.unlink(missing_ok=True)
