"""Lists that people keep as they have filtered them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.db import IntegrityError, transaction
from django.urls import NoReverseMatch, resolve, reverse

from pakten.accounts.models import SavedFilter, User
from pakten.accounts.policies import has_role
from pakten.accounts.refusals import AccountsRefused
from pakten.audit.redaction import without_personal_numbers
from pakten.audit.services import record

MOST = 40
LONGEST_QUERY = 2000
# What belongs to one look at a list, not to the filter.
_NOT_KEPT = ("page",)
_NO_LIST = "Det finns ingen sådan lista."
_PAGE = re.compile(r"[a-z]+:[a-z_]+")


@dataclass(frozen=True, slots=True)
class FilterFacts:
    """A filter: the list's address name, what it is called, the query of its address."""

    page: str
    name: str
    query: str
    shared: bool = False


@transaction.atomic
def save_filter(facts: FilterFacts, *, actor: User) -> SavedFilter:
    """Keep a filter for the actor; the same name again takes the new filter.

    Raises AccountsRefused without a name or a filter, for too many, or for a list that there is none of or
    that the actor may not open.
    """
    name = " ".join(facts.name.replace("\x00", "").split())[:80]
    query = kept_query(facts.query)
    _check_page(facts.page, actor)
    _check_words(name, query)
    mine = SavedFilter.objects.filter(owner=actor, page=facts.page)
    if not mine.filter(name=name).exists() and mine.count() >= MOST:
        raise AccountsRefused(f"Du har redan {MOST} sparade filter här. Ta bort något först.")
    values = {"query": query, "shared": facts.shared}
    try:
        with transaction.atomic():
            saved, _ = SavedFilter.objects.update_or_create(
                owner=actor, page=facts.page, name=name, defaults=values
            )
    except IntegrityError as error:
        raise AccountsRefused("Filtret sparades just i ett annat fönster.") from error
    record("accounts.filter.saved", saved, actor=actor, after={"page": facts.page, **values})
    return saved


@transaction.atomic
def delete_filter(saved: SavedFilter, *, actor: User) -> None:
    """Take a filter away. Raises AccountsRefused for somebody else's."""
    if saved.owner_id != actor.pk:
        raise AccountsRefused("Bara den som sparade filtret kan ta bort det.")
    before = {"page": saved.page, "query": saved.query, "shared": saved.shared}
    record("accounts.filter.deleted", saved, actor=actor, before=before)
    saved.delete()


def kept_query(query: str) -> str:
    """The query without what is empty or belongs to one look."""
    pairs = parse_qsl(query[: 4 * LONGEST_QUERY].replace("\x00", ""))
    return urlencode([(key, value) for key, value in pairs if value and key not in _NOT_KEPT])


def _check_page(page: str, actor: User) -> None:
    """Who may not open the list can't put a shared name before those who may."""
    try:
        view = resolve(reverse(page[:80])).func
    except (NoReverseMatch, ValueError) as error:
        raise AccountsRefused(_NO_LIST) from error
    if not _PAGE.fullmatch(page) or not has_role(actor, *getattr(view, "allowed_roles", ())):
        raise AccountsRefused(_NO_LIST)


def _check_words(name: str, query: str) -> None:
    if not name:
        raise AccountsRefused("Skriv vad filtret ska heta.")
    if without_personal_numbers(f"{name} {query}") != f"{name} {query}":
        raise AccountsRefused("Filtret innehåller ett personnummer. Ta bort det och försök igen.")
    if not query:
        raise AccountsRefused("Välj något i filtret först.")
    if len(query) > LONGEST_QUERY:
        raise AccountsRefused("Filtret är för långt för att sparas.")
