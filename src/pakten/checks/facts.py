"""The facts of both sides of a likeness as plain JSON, frozen, and the digest that a judgement rests on."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from vandel.evidence import canonical_json, digest_of_value
from vandel.model import Entity, Listing

# What the comparison looks at. A new programme or remark changes nothing about who somebody is.
COMPARED = ("schema", "names", "countries", "birth_dates", "identifiers")


def plain(value: object) -> Any:
    """A frozen value of the engine as JSON-ready dictionaries and lists."""
    return json.loads(canonical_json(value))


def listing_facts(listing: Listing) -> dict[str, Any]:
    """A list's entry: the entity's own fields, and beside them what the issuer says of the listing."""
    rest = plain(replace(listing, entity=Entity(id="", schema=listing.entity.schema, names=())))
    rest.pop("entity")
    return {**plain(listing.entity), **rest}


def facts_digest(subject: dict[str, Any], target: dict[str, Any]) -> str:
    """The digest of what was compared on both sides; the order of names and numbers doesn't matter."""
    return digest_of_value([compared(subject), compared(target)])


def compared(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts that the comparison looks at, in an order of their own."""
    return {key: _sorted(facts.get(key)) for key in COMPARED}


def _sorted(value: Any) -> Any:
    return sorted(value, key=lambda item: canonical_json(item)) if isinstance(value, list) else value
