"""What the city writes about a deviation: the letter, and the one reminder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from pakten.accounts.models import User
from pakten.core.templatetags.formats import date_long
from pakten.core.theme import theme
from pakten.deviations.models import Deviation, Hearing
from pakten.letters.contact import whom_to_ask
from pakten.letters.content import Block, Facts, Heading, LetterContent, Numbered, Signer
from pakten.letters.models import OutboxMessage
from pakten.letters.services import Mail, post, send_letter
from pakten.members.policies.applications import has_ended
from pakten.members.queries.campaigns import Address, addresses
from pakten.records.models import Case

_NOT_COMPULSORY = (
    "Ni behöver inte svara. Svarar ni inte antecknar vi det, och vi bedömer det vi har sett utan era "
    "synpunkter."
)
_PUBLIC = "Det ni skickar till oss blir en allmän handling. Den kan lämnas ut om någon frågar efter den."


def send_told(
    deviation: Deviation, text: str, *, sources: Sequence[str], answer_by: date, actor: User
) -> OutboxMessage:
    """Send the letter with what was found, the sources and how to comment. Raises LettersRefused."""
    case = _case(deviation)
    name = deviation.organisation.legal_name
    opening = f"Vi har sett något som vi vill att {name} får veta och kan kommentera."
    blocks: tuple[Block, ...] = (
        opening,
        Heading("Det här har vi sett"),
        text,
        Heading("Källor som vi har använt"),
        Numbered(tuple(sources)),
        Heading("Lämna synpunkter"),
        f"Skriv till oss senast {date_long(answer_by)}. {_how(deviation)}",
        _NOT_COMPULSORY,
        _PUBLIC,
        Facts((("Ärendenummer", case.registry_no), ("Synpunkter senast", date_long(answer_by)))),
    )
    content = LetterContent(
        kind_title="Fråga om synpunkter",
        title="Något som vi såg i vår kontroll",
        on=timezone.localdate(),
        registry_no=case.registry_no,
        recipient=(name,),
        blocks=blocks,
        signers=(Signer(str(actor), actor.title, timezone.localdate()),),
        contact=whom_to_ask(actor, case.registry_no),
    )
    body = (
        f"Hej!\n\n{opening} Det står i det bifogade brevet, med de källor som vi har använt.\n\n"
        f"Lämna synpunkter senast {date_long(answer_by)}. {_how(deviation)}\n\n{_farewell(actor)}"
    )
    mail = mail_about(deviation, f"Vi vill ha era synpunkter, {case.registry_no}", body=body)
    return send_letter(case, content, mail=mail, actor=actor)


def send_reminder(hearing: Hearing) -> OutboxMessage:
    """Remind, once, before the last day. Raises LettersRefused, RecordsRefused in a closed case."""
    deviation, day = hearing.deviation, date_long(hearing.answer_by)
    case = _case(deviation)
    body = (
        f"Hej!\n\nVi har skrivit till {deviation.organisation.legal_name} om något som vi såg i en kontroll. "
        f"Vill ni lämna synpunkter, gör det senast {day}. {_how(deviation)}\n\n{_NOT_COMPULSORY}\n\n"
        f"{_farewell(hearing.told_by)}"
    )
    mail = mail_about(deviation, f"Påminnelse: lämna synpunkter senast {day}, {case.registry_no}", body=body)
    return post(mail, actor=None)


def address_of(deviation: Deviation) -> Address:
    """Where to write: to the applicant while the application goes on, else to the organisation's contact."""
    application = deviation.application
    if application is not None and application.contact_email and not has_ended(application):
        return Address(application.contact_email, application.contact_name)
    organisation = deviation.organisation
    return addresses([organisation], as_of=timezone.localdate())[organisation.pk]


def _how(deviation: Deviation) -> str:
    number = _case(deviation).registry_no
    if deviation.application is not None and not has_ended(deviation.application):
        return f"Använd länken som ni fick när ni ansökte, eller svara på det här brevet med numret {number}."
    return (
        "Logga in på er sida hos oss och välj ”Avvikelser”, eller svara på det här brevet med numret "
        f"{number}."
    )


def mail_about(deviation: Deviation, subject: str, *, body: str) -> Mail:
    """A message about the deviation to the organisation, in the deviation's case."""
    address = address_of(deviation)
    organisation = deviation.organisation
    return Mail(
        to_address=address.email,
        subject=subject,
        body=body,
        to_name=organisation.legal_name,
        case=_case(deviation),
        about=f"deviations.deviation:{deviation.public_id}",
        to_person=organisation.sole_trader,
    )


def _case(deviation: Deviation) -> Case:
    assert deviation.case is not None
    return deviation.case


def _farewell(who: User) -> str:
    return f"Hälsningar\n{who}\n{theme().city}"
