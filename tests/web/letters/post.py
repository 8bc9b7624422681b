"""Letters and messages to test with, all invented, put in the post through the services."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.people import person
from tests.web.records import diary

from pakten.accounts.models import Role
from pakten.letters import services
from pakten.letters.content import DecisionBlock, Facts, Heading, LetterContent, Numbered, Signer
from pakten.letters.models import OutboxMessage
from pakten.records.models import Case

DAY = date(2022, 5, 24)


def letter(**more: Any) -> LetterContent:
    """A decision with one of each part."""
    facts: dict[str, Any] = {
        "kind_title": "Beslut",
        "title": "Beslut om medlemskap",
        "on": DAY,
        "registry_no": "AMN 2022/0042",
        "recipient": ("Norrskenets Åkeri AB", "Hamngatan 4", "123 45 Norrköping"),
        "blocks": (
            "Hej!",
            Facts((("Sektor", "Privat näringsliv"), ("Medlem från", "24 maj 2022"))),
            Heading("Det här händer nu"),
            Numbered(("Ni får en inbjudan.", "Ni syns i listan.")),
        ),
        "decision": DecisionBlock("Organisationen blir medlem.", ("Inget talar emot det.",), "7.3"),
        "signers": (Signer("Cecilia Chefsdotter", "enhetschef", DAY),),
        "contact": "Hanna Handläggarsson",
        "attachments": ("Nätverkets mål",),
    }
    return LetterContent(**facts | more)


def mail(**more: Any) -> services.Mail:
    facts: dict[str, Any] = {
        "to_address": "karin@akeriet.example",
        "to_name": "Karin Berg",
        "subject": "Vi har tagit emot er ansökan",
        "body": "Hej!\n\nVi har tagit emot er ansökan.",
    }
    return services.Mail(**facts | more)


def queued(**more: Any) -> OutboxMessage:
    """A plain system mail."""
    return services.post(mail(**more), actor=None)


def in_case(case: Case | None = None, **more: Any) -> OutboxMessage:
    """A mail that belongs to a case, by Hanna."""
    return services.post(mail(case=case or diary.case(), **more), actor=person(Role.CASE_OFFICER))


def on_paper() -> OutboxMessage:
    """A letter to somebody without e-mail."""
    return services.send_letter(
        diary.case(), letter(), mail=mail(to_address=""), actor=person(Role.CASE_OFFICER)
    )
