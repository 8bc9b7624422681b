"""A small invented diary to test with, made through the services."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from tests.people import person

from pakten.accounts.models import Role
from pakten.records import services
from pakten.records.models import Case, Conflict, Record, RecordRequest, SecrecyMark

PDF = b"%PDF-1.7 invented\n"


def paper(name: str = "ansökan.pdf", data: bytes = PDF) -> services.NewFile:
    return services.NewFile.of_bytes(name, data)


def received(
    content: str = "Ansökan om medlemskap",
    sender: str = "Norrskenets Åkeri AB",
    *,
    case: Case | None = None,
    files: list[services.NewFile] | None = None,
    **more: Any,
) -> Record:
    """A paper that came in, as the system itself registers it."""
    receipt = services.Receipt(content, sender, **more)
    return services.register_received(receipt, actor=None, case=case, files=files or [])


def case(title: str = "Ett ärende", **more: Any) -> Case:
    return services.open_case(services.CaseFacts(title, **more), actor=person(Role.CASE_OFFICER))


def draft(case_: Case | None = None, content: str = "Ett utkast som ingen får se", **more: Any) -> Record:
    """Hanna's draft."""
    made = services.Paper(content, more.pop("type_code", "letter"), **more)
    return services.draw_up(case_ or case(), made, actor=person(Role.CASE_OFFICER))


def facts(**more: Any) -> services.MarkFacts:
    return services.MarkFacts(**{"provision": "OSL 28:12", "reason": "Affärsuppgifter"} | more)


def marked(record: Record | None = None, **more: Any) -> SecrecyMark:
    return services.mark_secrecy(record or received(), facts(**more), actor=person(Role.REGISTRAR))


def proposed(record: Record | None = None, **more: Any) -> SecrecyMark:
    return services.propose_secrecy(record or received(), facts(**more), actor=person(Role.CASE_OFFICER))


def conflict(case_: Case | None = None, who: Role = Role.RECEIVING_UNIT, **more: Any) -> Conflict:
    """Declared by Cecilia for somebody else."""
    user = more.pop("user", None) or person(who)
    reason = more.pop("reason", "Syster till ordföranden")
    return services.declare_conflict(case_ or case(), user, actor=person(Role.MANAGER), reason=reason)


def asked(text: str = "Alla avtal från i fjol", **more: Any) -> RecordRequest:
    return services.receive_request(services.Asked(text, **more))


def answer(*records: Record, outcome: str = "given", **more: Any) -> services.Answer:
    return services.Answer(
        **{"outcome": outcome, "test": "Inget skyddat.", "minutes": 10, "records": records} | more
    )


def due() -> Record:
    """A request whose case ended so long ago that its papers must be disposed of."""
    record = asked().record
    services.answer_request(
        record.request, answer(outcome="missing"), actor=person(Role.REGISTRAR), expected_version=1
    )
    Record.objects.filter(pk=record.pk).update(dispose_after=timezone.localdate() - timedelta(days=1))
    return Record.objects.select_related("case").get(pk=record.pk)
