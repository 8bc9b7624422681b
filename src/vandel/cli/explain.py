"""``vandel explain``: two names held against each other, letter by letter and in words."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from vandel.cli.chosen_lists import add_list_options, read_lists
from vandel.errors import InputError

if TYPE_CHECKING:
    from vandel.matching import Index
    from vandel.model import Entity, Finding, Listing, Schema

_TYPED: Final = "name"  # the list id of a name that was typed instead of looked up
_EPILOG = """
ENTITY is another name, or with --list the id of a listed party (ID or LIST:ID). How much a word is worth
depends on how many listed names have it, so with --list the score is the one that vandel screen gives.
Letters in [brackets] differ from the other name.
"""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command."""
    parser = commands.add_parser(
        "explain", help="show why two names are alike", description=__doc__, epilog=_EPILOG
    )
    parser.add_argument("name", metavar="NAME", help="the name asked about")
    parser.add_argument("entity", metavar="ENTITY", help="the other name, or a listed party")
    parser.add_argument(
        "--type", choices=("organisation", "person"), default="organisation", help="of a typed name"
    )
    add_list_options(parser, required=False)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prints the comparison and returns 0."""
    from vandel.matching import Index

    chosen = read_lists(arguments.lists, arguments.store, now=datetime.now(UTC))
    listings = [listing for each in chosen for listing in each.listings]
    target = _listed(listings, arguments.entity) if chosen else _typed(arguments)
    index = Index.build(listings or [target])
    query = _entity("query", arguments.name, schema=target.entity.schema)
    finding = _finding(index, query, target=target)
    if finding is None:
        print(f"{arguments.name} and {target.entity.caption} have nothing alike and are never compared.")
        return 0
    for line in _lines(finding, query):
        print(line)
    return 0


def _listed(listings: list[Listing], text: str) -> Listing:
    for listing in listings:
        if text in (listing.entity.id, f"{listing.list_id}:{listing.entity.id}"):
            return listing
    raise InputError("explain.not_listed", f"no listed party has the id {text}", entity=text)


def _typed(arguments: argparse.Namespace) -> Listing:
    from vandel.model import Listing, Schema

    schema = Schema.PERSON if arguments.type == "person" else Schema.ORGANIZATION
    return Listing(_TYPED, _entity(_TYPED, arguments.entity, schema=schema))


def _entity(id: str, name: str, *, schema: Schema) -> Entity:
    from vandel.model import Entity, Name

    if not any(map(str.isalnum, name)):
        raise InputError("explain.no_name", f'"{name}" holds no letters or digits to compare', name=name)
    return Entity(id, schema, (Name(name),))


def _finding(index: Index, query: Entity, *, target: Listing) -> Finding | None:
    wanted = (target.list_id, target.entity.id)
    findings = index.search(query, threshold=0.0, limit=len(index))
    return next((each for each in findings if (each.list_id, each.target_id) == wanted), None)


def _lines(finding: Finding, query: Entity) -> list[str]:
    from vandel.matching import explain

    asked, listed = finding.query_name, finding.matched_name
    return [
        f"asked:   {_marked(asked, listed)}",
        f"listed:  {_marked(listed, asked)}",
        f"words:   {_words(asked, query)}",
        f"         {_words(listed, query)}",
        f"score:   {finding.score:.4f}",
        *(f"         {sentence}" for sentence in explain.sentences(finding, "en")),
    ]


def _marked(name: str, other: str) -> str:
    from vandel.matching import explain

    return "".join(
        segment.text if segment.agrees else f"[{segment.text}]" for segment in explain.letters(name, other)
    )


def _words(name: str, query: Entity) -> str:
    from vandel.names import analyse

    tokens = analyse(name, person=query.schema.is_person)
    return " · ".join(f"{token.text} ({token.kind})" for token in tokens)
