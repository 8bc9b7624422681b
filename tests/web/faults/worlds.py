"""Pages whose forms show in some states only, each with somebody who may use them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.people import person
from tests.web.decisions import made
from tests.web.deviations import made as deviations
from tests.web.letters import post
from tests.web.members.applying import objects
from tests.web.members.handling import desk

from pakten.accounts.models import Role, User
from pakten.deviations.models import Level
from pakten.letters.models import OutboxMessage, State
from pakten.members.applying.steps import steps_for
from pakten.members.models import Application
from pakten.members.services.applications_completion import CompletionFacts, ask_completion
from pakten.organisations.models import Sector

World = Callable[[], tuple[User | None, str]]


def _application(role: Role, application: Callable[[], Application]) -> tuple[User, str]:
    return person(role), f"/ansokningar/{application().public_id}/"


def _in_control() -> Application:
    application = desk.sent()
    desk.applications.start_control(application, actor=desk.officer(), expected_version=application.version)
    return application


def _lapsed() -> Application:
    application = desk.waiting()
    Application.objects.filter(pk=application.pk).update(state="lapsed")
    return application


def _step(sector: Sector, slug: str) -> tuple[None, str]:
    _, token = objects.begun(sector, until=slug)
    return None, f"/ansok/{token}/{slug}/"


def _after(page: str) -> tuple[None, str]:
    application, token = objects.sent(Sector.CIVIL)
    facts = CompletionFacts(("Stadgar",), "Vi hittar dem inte.")
    ask_completion(application, facts, actor=person(Role.CASE_OFFICER), expected_version=application.version)
    return None, f"/ansok/{token}/{page}/"


def _decision() -> tuple[User, str]:
    return person(Role.DIRECTOR), f"/beslut/{made.refused().public_id}/"


def _deviation(role: Role, level: Level) -> tuple[User, str]:
    return person(role), f"/avvikelser/{deviations.at(level).public_id}/"


def _failed_post() -> tuple[User, str]:
    message = post.in_case()
    OutboxMessage.objects.filter(pk=message.pk).update(state=State.FAILED, last_error="Adressen finns inte.")
    return person(Role.CASE_OFFICER), f"/utskick/{message.public_id}/"


def _letter_on_paper() -> tuple[User, str]:
    return person(Role.REGISTRAR), f"/utskick/{post.on_paper().public_id}/"


STATES: dict[str, tuple[Role, Callable[[], Application]]] = {
    "sent": (Role.CASE_OFFICER, desk.sent),
    "in control": (Role.CASE_OFFICER, _in_control),
    "waiting": (Role.CASE_OFFICER, desk.waiting),
    "lapsed": (Role.CASE_OFFICER, _lapsed),
    "clean": (Role.MANAGER, desk.controlled),
    "deviating": (Role.CASE_OFFICER, partial(desk.controlled, deviating=True)),
    "proposed": (Role.MANAGER, desk.proposed),
    "refusal proposed": (Role.MANAGER, partial(desk.proposed, outcome=desk.REFUSE, deviating=True)),
}
WORLDS: dict[str, World] = {
    **{f"application {name}": partial(_application, *given) for name, given in STATES.items()},
    **{
        f"apply {sector} {step.slug}": partial(_step, sector, step.slug)
        for sector in Sector
        for step in steps_for(sector)
    },
    **{f"after {page}": partial(_after, page) for page in ("komplettera", "synpunkter", "aterkalla")},
    "decision that waits": _decision,
    "deviation observed": partial(_deviation, Role.CASE_OFFICER, Level.OBSERVATION),
    "deviation confirmed": partial(_deviation, Role.CASE_OFFICER, Level.DEVIATION),
    "deviation dismissed": partial(_deviation, Role.MANAGER, Level.DISMISSED),
    "post that failed": _failed_post,
    "post on paper": _letter_on_paper,
}
