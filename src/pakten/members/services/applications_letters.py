"""What the city writes to an applicant: the request for more facts, the reminder, the answer."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from pakten.accounts.models import User
from pakten.core.templatetags.formats import date_long
from pakten.core.theme import theme
from pakten.decisions.models import Decision
from pakten.letters.contact import whom_to_ask
from pakten.letters.content import Block, DecisionBlock, Facts, LetterContent, Numbered, Signer
from pakten.letters.models import OutboxMessage
from pakten.letters.services import Mail, post, send_letter
from pakten.members.models import Application, ApplicationOutcome, CompletionRequest
from pakten.records.words import several_lines

GREETING = "Hej {name}!"
_ACCEPTED = (ApplicationOutcome.ACCEPT, ApplicationOutcome.ACCEPT_WITH_NOTE)
KIND = {
    ApplicationOutcome.ACCEPT: "Välkommen",
    ApplicationOutcome.ACCEPT_WITH_NOTE: "Välkommen",
    ApplicationOutcome.REFUSE: "Besked",
    ApplicationOutcome.PAUSE: "Besked",
}


def about(application: Application) -> str:
    """The label by which the outgoing post knows the application."""
    return f"members.application:{application.public_id}"


def send_completion(completion: CompletionRequest, *, actor: User) -> OutboxMessage:
    """Write what is missing and until when it may be sent in."""
    application = completion.application
    day = date_long(completion.answer_by)
    missing = "\n".join(f"- {line}" for line in completion.missing)
    parts = [
        GREETING.format(name=application.contact_name),
        f"Vi behöver mer uppgifter av er för att gå vidare med ansökan från {application.organisation_name}. "
        f"Svara senast {day}.",
        f"Det här saknas:\n{missing}",
        completion.message,
        "Svara genom länken som ni fick när ni ansökte, eller på det här meddelandet. "
        f"Ange ärendenumret {application.case.registry_no}. "
        "Om ni inte svarar avslutar vi ansökan. Ni kan ansöka igen när ni vill.",
        _farewell(actor),
    ]
    return post(
        _mail(
            application,
            f"Vi behöver mer uppgifter till er ansökan, {application.case.registry_no}",
            parts=parts,
            record_type="completion_request",
        ),
        actor=actor,
    )


def send_reminder(completion: CompletionRequest) -> OutboxMessage:
    """Remind, once, of a request that has not been answered."""
    application = completion.application
    parts = [
        GREETING.format(name=application.contact_name),
        f"Vi väntar på uppgifter till ansökan från {application.organisation_name}. "
        f"Svara senast {date_long(completion.answer_by)}.",
        "Det här saknas:\n" + "\n".join(f"- {line}" for line in completion.missing),
        f"Svara genom länken som ni fick när ni ansökte, eller på det här meddelandet. "
        f"Ange ärendenumret {application.case.registry_no}.",
        _farewell(application.handler),
    ]
    subject = f"Påminnelse: vi väntar på svar, {application.case.registry_no}"
    return post(_mail(application, subject, parts=parts, record_type="completion_request"), actor=None)


def send_lapsed(application: Application, answer_by: date) -> OutboxMessage:
    """Tell that the application has lapsed, and that a new one is welcome."""
    parts = [
        GREETING.format(name=application.contact_name),
        f"Vi bad om mer uppgifter senast {date_long(answer_by)} och har inte fått något svar. "
        f"Därför avslutar vi ansökan från {application.organisation_name}.",
        "Ni kan ansöka igen när ni vill. Har ni redan svarat, hör av er till oss.",
        _farewell(application.handler),
    ]
    subject = f"Vi har avslutat er ansökan, {application.case.registry_no}"
    return post(_mail(application, subject, parts=parts, record_type="letter"), actor=None)


def send_answer(application: Application, decision: Decision, *, actor: User) -> OutboxMessage:
    """Send the decision as a letter, with the e-mail as covering note."""
    opening = _opening(application, decision)
    content = LetterContent(
        kind_title=KIND[ApplicationOutcome(application.outcome)],
        title=f"Beslut om medlemskap för {application.organisation_name}",
        on=_day(decision),
        registry_no=application.case.registry_no,
        recipient=(application.organisation_name, application.contact_name),
        blocks=_blocks(application, decision, opening=opening),
        decision=_decided(decision),
        signers=_signers(decision),
        contact=_contact(application, decision),
    )
    parts = [
        GREETING.format(name=application.contact_name),
        opening,
        f"Beslutet finns i det bifogade brevet. Ärendet har nummer {application.case.registry_no}.",
        _farewell(decision.decided_by),
    ]
    subject = f"Besked om er ansökan, {application.case.registry_no}"
    mail = _mail(application, subject, parts=parts, record_type="decision")
    return send_letter(application.case, content, mail=mail, actor=actor, record_type="decision")


def _opening(application: Application, decision: Decision) -> str:
    name = application.organisation_name
    if application.outcome in _ACCEPTED:
        return f"Välkommen! {name} är medlem från och med den {date_long(_day(decision))}."
    if application.outcome == ApplicationOutcome.PAUSE:
        return (
            f"Vi väntar med beslutet om medlemskap för {name}. Skälet är: {_inline(decision.reasons)} "
            "Ni behöver inte ansöka igen. Vi hör av oss när vi tar upp ansökan."
        )
    return (
        f"Vi kan inte ta emot er som medlem just nu. Skälet är: {_inline(decision.reasons)} "
        f"Du kan lämna synpunkter till {decision.decided_by}."
    )


def _blocks(application: Application, decision: Decision, *, opening: str) -> tuple[Block, ...]:
    if application.outcome in _ACCEPTED:
        network = theme().network
        steps = Numbered(
            (
                "Vi visar organisationens namn och sektor i nätverkets medlemsförteckning.",
                "Er kontaktperson kan se och rätta det som vi har registrerat om er.",
                "Vi berättar om möten och frågar vad ni vill bidra med.",
            )
        )
        return (opening, f"Det här händer nu när ni är med i {network}:", steps)
    facts = Facts(
        (
            ("Ansökan kom in", date_long(application.received_at)),
            ("Ärendenummer", application.case.registry_no),
        )
    )
    if application.outcome == ApplicationOutcome.REFUSE:
        return (opening, "Ni kan ansöka igen när det som beslutet bygger på har ändrats.", facts)
    return (opening, facts)


def _decided(decision: Decision) -> DecisionBlock:
    reasons = tuple(line for line in decision.reasons.splitlines() if line.strip())
    text = decision.text if not decision.note else f"{decision.text}\nAnmärkning: {decision.note}"
    return DecisionBlock(
        decision=text, reasons=reasons, item_no=decision.item.number, on_behalf=decision.on_behalf
    )


def _signers(decision: Decision) -> tuple[Signer, ...]:
    first = Signer(str(decision.decided_by), decision.decided_by.title, _day(decision))
    if decision.second_by is None or decision.second_at is None:
        return (first,)
    agreed = timezone.localdate(decision.second_at)
    return (first, Signer(str(decision.second_by), decision.second_by.title, agreed))


def _contact(application: Application, decision: Decision) -> str:
    who = application.handler or decision.decided_by
    return whom_to_ask(who, application.case.registry_no)


def _mail(application: Application, subject: str, *, parts: list[str], record_type: str) -> Mail:
    return Mail(
        to_address=application.contact_email,
        subject=subject,
        body="\n\n".join(part for part in parts if part),
        to_name=application.organisation_name,
        case=application.case,
        about=about(application),
        record_type=record_type,
        to_person=application.organisation.sole_trader,
    )


def _farewell(who: User | None) -> str:
    return f"Hälsningar\n{who}\n{theme().city}" if who else f"Hälsningar\n{theme().city}"


def _inline(reasons: str) -> str:
    """The reasons as the end of a sentence: with one full stop."""
    line = " ".join(several_lines(reasons).split())
    return line if line.endswith((".", "!", "?")) else f"{line}."


def _day(decision: Decision) -> date:
    return timezone.localdate(decision.second_at or decision.decided_at)
