"""What two people do with one application at the same time, step by step: each step's form, filled twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone
from tests.people import person
from tests.web.decisions import made
from tests.web.members.handling import desk

from pakten.accounts.models import Role, User
from pakten.audit.models import Entry
from pakten.checks.queries.basic import basic_of

Data = dict[str, Any]
OPEN_ITEM = "stadgar"


@dataclass(frozen=True)
class Step:
    """Two who press at one thing. ``done`` are the actions in the log that only one of them may cause."""

    make: Callable[[], tuple[str, Data]]
    first: Data
    second: Data
    done: tuple[str, ...]
    role: Role = Role.CASE_OFFICER
    typed: tuple[str, ...] = ()
    # The second one's address, where it is another step.
    other: str = ""

    def people(self) -> tuple[User, User]:
        return person(self.role, again=5), person(self.role, again=6)

    def times_done(self) -> int:
        return Entry.objects.filter(action__in=self.done).count()


def _at(name: str, make: Callable[[], Any]) -> tuple[str, Data]:
    application = make()
    return reverse(f"members:{name}", args=[application.public_id]), {"version": application.version}


def _assign() -> tuple[str, Data]:
    for again in (5, 6):
        person(Role.CASE_OFFICER, again=again)
    return _at("application_assign", desk.sent)


def _in_control() -> Any:
    application = desk.sent()
    desk.applications.start_control(application, actor=desk.officer(), expected_version=application.version)
    return application


def _basic() -> tuple[str, Data]:
    control = basic_of(_in_control())
    assert control is not None and control.items.get(slug=OPEN_ITEM).result == ""
    return reverse("checks:basic_save", args=[control.pk]), {"version": control.version}


def _waiting_decision(verb: str) -> tuple[str, Data]:
    decision = made.refused()
    return reverse(f"decisions:{verb}", args=[decision.public_id]), {"version": decision.version}


def _refuse(words: str) -> Data:
    return {"outcome": "refuse", "reasons": words}


def _decide(words: str) -> Data:
    return {"outcome": "pause", "reasons": words, "submission": str(uuid4())}


ONE, TWO = "Skäl av den ena 17", "Skäl av den andra 23"
_DAY = (timezone.localdate() + timedelta(days=20)).isoformat()
_ASK = {"often": ["Stadgar"], "answer_by": _DAY}

STEPS: dict[str, Step] = {
    "assign": Step(_assign, {}, {}, ("members.application.assigned",)),
    "start": Step(partial(_at, "application_start", desk.sent), {}, {}, ("members.application.in_control",)),
    "complete": Step(
        partial(_at, "application_complete", desk.sent),
        _ASK | {"message": ONE},
        _ASK | {"message": TWO},
        ("members.completion.asked",),
        typed=(TWO,),
    ),
    "fill in the control": Step(
        _basic,
        {f"{OPEN_ITEM}-result": "deviation", f"{OPEN_ITEM}-note": ONE},
        {f"{OPEN_ITEM}-result": "deviation", f"{OPEN_ITEM}-note": TWO},
        ("checks.basic.settled",),
        typed=(TWO,),
    ),
    "finish the control": Step(
        partial(_at, "application_finish", _in_control),
        _refuse(ONE) | {"has_deviation": "ja", "summary": "Såg ett."},
        _refuse(TWO) | {"has_deviation": "ja", "summary": "Såg två."},
        ("members.application.proposed",),
        typed=(TWO, "Såg två."),
    ),
    "propose": Step(
        partial(_at, "application_propose", partial(desk.controlled, deviating=True)),
        _refuse(ONE),
        _refuse(TWO),
        ("members.application.proposed",),
        typed=(TWO,),
    ),
    "take back": Step(
        partial(_at, "application_back", desk.proposed),
        {"reason": ONE},
        {"reason": TWO},
        ("members.application.control_done", "members.application.in_control"),
        typed=(TWO,),
    ),
    "decide": Step(
        partial(_at, "application_decide", desk.controlled),
        _decide(ONE),
        _decide(TWO),
        ("decisions.decision.made",),
        role=Role.MANAGER,
        typed=(TWO,),
    ),
    "agree": Step(
        partial(_waiting_decision, "agree"), {}, {}, ("decisions.decision.made",), role=Role.DIRECTOR
    ),
    "agree and send back": Step(
        partial(_waiting_decision, "agree"),
        {},
        {"reason": TWO},
        ("decisions.decision.made", "decisions.decision.returned"),
        role=Role.DIRECTOR,
        typed=(TWO,),
        other="decisions:send_back",
    ),
}
