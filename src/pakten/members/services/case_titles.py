"""What a case about a member is called in the diary, which everybody may read."""

from __future__ import annotations

from pakten.organisations.models import Organisation


def case_title(what: str, organisation: Organisation) -> str:
    """``Begäran om utträde, Åkeriet AB``; without the name of a sole trader, which is a person's."""
    return what if organisation.sole_trader else f"{what}, {organisation.legal_name}"
