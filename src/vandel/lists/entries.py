"""Listings as JSON lines, packed: quick to load, and the same bytes for the same listings."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from vandel.lists.refusal import ListRefused
from vandel.model import Entity, Identifier, Listing, Name, NameKind, Schema


def pack(listings: Iterable[Listing]) -> bytes:
    """Listings as packed JSON lines."""
    lines = (
        json.dumps(plain(listing), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        for listing in listings
    )
    return gzip.compress("\n".join(lines).encode("utf-8"), compresslevel=6, mtime=0)


def unpack(data: bytes) -> tuple[Listing, ...]:
    """The listings that were packed. Errors: ``ListRefused`` when the bytes are damaged."""
    try:
        text = gzip.decompress(data).decode("utf-8")
        return tuple(_listing(json.loads(line)) for line in text.split("\n") if line)
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise ListRefused("lists.damaged_edition", "The edition's entries are damaged.") from error


def plain(listing: Listing) -> dict[str, Any]:
    """A listing as plain values for JSON; what is absent is left out."""
    entity = listing.entity
    value: dict[str, Any] = {
        "list": listing.list_id,
        "id": entity.id,
        "schema": entity.schema.value,
        "names": [[name.text, name.kind.value, name.language] for name in entity.names],
        "countries": entity.countries,
        "birth_dates": entity.birth_dates,
        "identifiers": [[number.scheme, number.value] for number in entity.identifiers],
        "addresses": entity.addresses,
        "programs": listing.programs,
        "listed_on": listing.listed_on.isoformat() if listing.listed_on else None,
        "reference": listing.reference,
        "reference_url": listing.reference_url,
        "remarks": listing.remarks,
    }
    return {key: item for key, item in value.items() if item not in (None, (), [])}


def _listing(value: dict[str, Any]) -> Listing:
    listed_on = value.get("listed_on")
    return Listing(
        list_id=value["list"],
        entity=Entity(
            id=value["id"],
            schema=Schema(value["schema"]),
            names=tuple(Name(text, NameKind(kind), language) for text, kind, language in value["names"]),
            countries=tuple(value.get("countries", ())),
            birth_dates=tuple(value.get("birth_dates", ())),
            identifiers=tuple(Identifier(scheme, number) for scheme, number in value.get("identifiers", ())),
            addresses=tuple(value.get("addresses", ())),
        ),
        programs=tuple(value.get("programs", ())),
        listed_on=date.fromisoformat(listed_on) if listed_on else None,
        reference=value.get("reference"),
        reference_url=value.get("reference_url"),
        remarks=value.get("remarks"),
    )
