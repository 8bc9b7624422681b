"""A small invented diary: twelve cases with papers, drafts, marks and requests, made through the services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import Role, User
from pakten.demo.clock import Scene, play
from pakten.demo.network import build_network
from pakten.records import services
from pakten.records.models import Case, Outcome, Record
from pakten.records.queries.diary import registered

LABEL = "Påhittad handling i demonätverket."


@dataclass(frozen=True, slots=True)
class _Came:
    """A paper that came in some days ago; ``member`` counts in the demo network."""

    days: int
    content: str
    type_code: str
    member: int
    reply: str = ""
    closed: bool = False


_PAPERS = (
    _Came(41, "Ansökan om medlemskap", "membership_application", 3, "Beslut om medlemskap", closed=True),
    _Came(
        36, "Fråga om praktikplatser i vård", "incoming", 17, "Svar på fråga om praktikplatser", closed=True
    ),
    _Came(33, "Ansökan om medlemskap", "membership_application", 42, "Begäran om protokoll från årsmöte"),
    _Came(29, "Erbjudande om mentorer", "incoming", 58),
    _Came(24, "Begäran om utträde", "withdrawal", 77, "Bekräftelse på utträde", closed=True),
    _Came(19, "Avtal om lokaler för språkcafé", "incoming", 91),
    _Came(15, "Ansökan om medlemskap", "membership_application", 120, "Begäran om komplettering"),
    _Came(9, "Synpunkter på nätverkets möten", "incoming", 133),
    _Came(4, "Ansökan om medlemskap", "membership_application", 150),
    _Came(0, "Erbjudande om lärlingsplatser", "incoming", 201),
)
_REQUESTS = (
    "Jag vill se ansökan från den organisation som senast blev medlem, och beslutet om den.",
    "Alla avtal om lokaler från i år.",
)


@transaction.atomic
def seed_diary(people: list[User], *, now: datetime) -> int:
    """Store the demo's diary where the diary is empty; gives back how many records it has."""
    play(scenes(people, now=now), until=now)
    return registered().count()


def scenes(people: list[User], *, now: datetime) -> list[tuple[datetime, Scene]]:
    """What came in and what became of it, from its day; nothing where there is a diary already."""
    if registered().exists():
        return []
    officer, registrar = (_with(people, role) for role in (Role.CASE_OFFICER, Role.REGISTRAR))
    names = [member.organisation.name for member in build_network().members]
    cases: dict[_Came, Case] = {}
    came = [
        (
            now - timedelta(days=paper.days),
            _store(paper, names[paper.member], officer=officer, cases=cases),
        )
        for paper in _PAPERS
    ]
    return [*came, (now, _today(cases, registrar=registrar, officer=officer))]


def _today(cases: dict[_Came, Case], *, registrar: User, officer: User) -> Scene:
    ordered = [cases[paper] for paper in _PAPERS]
    _mark(ordered, registrar=registrar, officer=officer)
    _ask(ordered[0], registrar=registrar)
    yield from ()


def _store(paper: _Came, sender: str, *, officer: User, cases: dict[_Came, Case]) -> Scene:
    """Registered the day it comes, answered within the week."""
    receipt = services.Receipt(
        paper.content,
        sender,
        type_code=paper.type_code,
        received_at=timezone.now(),
        case_title=f"{paper.content}, {sender}",
    )
    record = services.register_received(receipt, actor=None, files=[_file("inkommen.txt", paper.content)])
    case = cases[paper] = record.case
    services.assign(case, officer, actor=officer, expected_version=case.version)
    if paper.reply:
        yield timedelta(days=5)
        letter = services.Paper(paper.reply, "letter", recipient=sender)
        services.register_sent(case, letter, actor=officer, files=[_file("brev.txt", paper.reply)])
    if paper.closed:
        case.refresh_from_db()
        services.close_case(case, actor=officer, expected_version=case.version)
    yield from ()


def _mark(cases: list[Case], *, registrar: User, officer: User) -> None:
    facts = services.MarkFacts("OSL 31:16", "Hyra och villkor kan vara affärshemligheter.")
    services.mark_secrecy(_first(cases[5]), facts, actor=registrar)
    facts = services.MarkFacts("OSL 28:12", "Skrivelsen nämner kunder vid namn.", keeps_content_apart=True)
    services.propose_secrecy(_first(cases[7]), facts, actor=officer)
    draft = services.Paper("Förslag till svar om mentorer", "letter", recipient="")
    services.draw_up(cases[3], draft, actor=officer, files=[_file("utkast.txt", draft.short_content)])


def _ask(case: Case, *, registrar: User) -> None:
    for number, text in enumerate(_REQUESTS):
        request = services.receive_request(services.Asked(text))
        if number == 0:
            test = "Ansökan och beslutet har inga uppgifter som behöver skyddas."
            answer = services.Answer(Outcome.GIVEN, test, minutes=15, records=tuple(_records(case)))
            services.answer_request(request, answer, actor=registrar, expected_version=request.version)


def _records(case: Case) -> list[Record]:
    return list(registered().filter(case=case))


def _first(case: Case) -> Record:
    return registered().get(case=case, record_no=1)


def _file(name: str, content: str) -> services.NewFile:
    return services.NewFile.of_bytes(name, f"{content}\n\n{LABEL}\n".encode())


def _with(people: list[User], role: Role) -> User:
    return next(user for user in people if user.role_assignments.filter(role=role).exists())
