"""The objects that this area's addresses need, for the table of who may open what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.people import person
from tests.web.members.pledges import asking, ready

from pakten.accounts.models import Role, User
from pakten.members.models import TextKind
from pakten.members.services.campaigns import keep_figure


def _text(_user: User) -> dict[str, Any]:
    return {"text_id": ready.published_texts()[TextKind.VALUES].pk}


def _draft(_user: User) -> dict[str, Any]:
    return {"text_id": asking.new_draft().pk}


def _campaign(_user: User) -> dict[str, Any]:
    return {"campaign_id": asking.drafted().pk}


def _kept(_user: User) -> dict[str, Any]:
    row = asking.asked()
    return {"figure_id": keep_figure(row.campaign, actor=person(Role.CASE_OFFICER)).pk}


def _recipient(_user: User) -> dict[str, Any]:
    return {"recipient_id": asking.asked().pk}


def _link(_user: User) -> dict[str, Any]:
    return {"token": asking.secret_of(asking.asked())}


OBJECTS: dict[str, Callable[[User], dict[str, Any]]] = {
    "members:text": _text,
    "members:text_pledges": _text,
    "members:kept_figure": _kept,
    "members:revise_text": _draft,
    "members:publish_text": _draft,
    "members:discard_text": _draft,
    "members:draft_text": lambda _user: {"kind": "mal"},
    "members:campaign": _campaign,
    "members:revise_campaign": _campaign,
    "members:open_campaign": _campaign,
    "members:move_campaign": _campaign,
    "members:close_campaign": _campaign,
    "members:keep_figure": _campaign,
    "members:recipients": _campaign,
    "members:export_recipients": lambda user: _campaign(user) | {"form": "csv"},
    "members:note_answer": _recipient,
    "members:readdress": _recipient,
    "members:confirm": _link,
    "members:wrong_person": _link,
}
