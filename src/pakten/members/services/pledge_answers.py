"""A member's answer in a campaign: by the secret link, signed in, or noted by an officer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.letters.refusals import LettersRefused
from pakten.letters.services import Mail, post
from pakten.members.models import Answer, Campaign, CampaignState, Identified, Recipient
from pakten.members.policies.texts import check_may_campaign
from pakten.members.queries.campaigns import went_to_former_contact
from pakten.members.services.campaign_letters import receipt
from pakten.members.services.pledging import Speaker, give_pledge
from pakten.organisations.models import Organisation
from pakten.organisations.queries import current_contacts_of_user, standing
from pakten.organisations.refusals import Refused
from pakten.records.models import Record
from pakten.records.services import NewFile, Receipt, register_received
from pakten.records.words import one_line, several_lines

COMMENT_LIMIT = 2_000
STATEMENT = "Jag får företräda organisationen i den här frågan."


class NotOpen(Refused):
    """The campaign takes no answers any more."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer. ``shown`` is the digest of the words that the person had before the eyes."""

    pledges: bool
    speaker: Speaker
    shown: str
    comment: str = ""

    def clean(self) -> Given:
        """Fit to be stored. Raises Refused without name or role, or for a comment that is too long."""
        name, role = one_line(self.speaker.name, 200), one_line(self.speaker.role, 120)
        if not name or not role:
            raise Refused("Fyll i ditt namn och vilken roll du har i organisationen.")
        if len(self.comment) > COMMENT_LIMIT:
            raise Refused(f"Kommentaren är för lång. Den får ha högst {COMMENT_LIMIT} tecken.")
        return replace(
            self, speaker=replace(self.speaker, name=name, role=role), comment=several_lines(self.comment)
        )


def check_takes_answers(campaign: Campaign, *, today: date) -> None:
    """Raise NotOpen unless members can answer that day."""
    if campaign.state == CampaignState.CLOSED:
        raise NotOpen("Frågan är avslutad. Hör av dig till oss om ni vill svara ändå.")
    if campaign.state != CampaignState.OPEN:
        raise NotOpen("Frågan är inte utskickad än.")
    if campaign.answer_by < today:
        raise NotOpen("Tiden att svara har gått ut. Hör av dig till oss om ni vill svara ändå.")


def check_link_holds(recipient: Recipient, *, today: date) -> None:
    """Raise NotOpen for a link that went to somebody who is no longer the organisation's contact."""
    if went_to_former_contact(recipient, as_of=today):
        raise NotOpen(
            "Länken gick till en person som inte längre är kontaktperson. "
            "Hör av dig till oss om ni vill svara."
        )


def answer_by_link(recipient: Recipient, given: Given) -> Recipient:
    """Take the answer of whoever has the link. Sent twice it is taken once.

    Raises NotOpen, and Refused for words other than those that were shown, or without name and role.
    """
    check_link_holds(recipient, today=timezone.localdate())
    speaker = replace(given.speaker, identified=Identified.MAIL_LINK)
    return _take(recipient, replace(given, speaker=speaker), actor=None, registered_by=None)


def answer_signed_in(recipient: Recipient, given: Given, *, actor: User) -> Recipient:
    """The same from the organisation's own file, by a contact person of it.

    Raises as :func:`answer_by_link`, and Refused for somebody who is no contact of the organisation.
    """
    if not is_contact(actor, recipient.membership.organisation):
        raise Refused("Du är inte kontaktperson för den här organisationen.")
    speaker = replace(given.speaker, identified=Identified.SIGNED_IN)
    return _take(recipient, replace(given, speaker=speaker), actor=actor, registered_by=None)


def note_answer(recipient: Recipient, given: Given, *, actor: User, reason: str) -> Recipient:
    """Note an answer that came by telephone or in another way, also after the last day while it is open.

    ``reason`` says how it came. Raises PermissionDenied, and Refused without a reason or when it is closed.
    """
    check_may_campaign(actor, recipient.campaign)
    if recipient.campaign.state != CampaignState.OPEN:
        raise NotOpen("Omgången är avslutad. Svaret går inte att notera.")
    reason = one_line(reason, 500)
    if not reason:
        raise Refused("Skriv hur svaret kom, till exempel ”telefonsamtal i dag”.")
    speaker = replace(given.speaker, identified=Identified.OFFICER)
    noted = replace(given, speaker=speaker, shown=recipient.campaign.text.sha256)
    return _take(recipient, noted, actor=actor, registered_by=actor, reason=reason)


def is_contact(user: User, organisation: Organisation) -> bool:
    """Is the person a contact of the organisation today?"""
    found = current_contacts_of_user(user, as_of=timezone.localdate())
    return found.filter(organisation=organisation).exists()


@transaction.atomic
def report_wrong_person(recipient: Recipient, text: str, *, submission: UUID) -> Record:
    """Whoever got the link is the wrong person: register it, and count the member as not reached.

    Raises NotOpen.
    """
    _hold(recipient.campaign, late=False)
    organisation = recipient.membership.organisation
    whose = "" if organisation.sole_trader else f", {organisation.legal_name}"
    words = several_lines(text[:COMMENT_LIMIT]) or "Ingen förklaring."
    paper = NewFile.of_bytes("meddelande.txt", words.encode(), media_type="text/plain; charset=utf-8")
    record = register_received(
        Receipt(
            f"Frågan om intygande gick till fel person{whose}",
            "Okänd",
            from_person=True,
            submission=submission,
        ),
        actor=None,
        case=recipient.campaign.case,
        files=[paper],
    )
    silent = Recipient.objects.filter(pk=recipient.pk, answer=Answer.NONE)
    if silent.update(
        could_not_reach=True, reach_note="Gick till fel person", comment=words, version=F("version") + 1
    ):
        log("members.campaign.misdirected", recipient, actor=None, after={"record": record.number})
    return record


@transaction.atomic
def _take(
    recipient: Recipient, given: Given, *, actor: User | None, registered_by: User | None, reason: str = ""
) -> Recipient:
    # An officer notes also what comes late.
    _hold(recipient.campaign, late=registered_by is not None)
    row = Recipient.objects.select_for_update(of=("self",)).get(pk=recipient.pk)
    row.campaign, row.membership = recipient.campaign, recipient.membership
    if row.answer != Answer.NONE:
        return row
    text = row.campaign.text
    if given.shown != text.sha256:
        raise Refused("Texten har ändrats sedan du öppnade sidan. Läs den igen och svara sedan.")
    given = given.clean()
    organisation = standing(row.membership.organisation)
    record = _register(row, given, organisation=organisation, actor=registered_by)
    pledge = None
    if given.pledges:
        pledge = give_pledge(organisation, text, speaker=given.speaker, actor=actor, record=record)
    values = {
        "answer": Answer.PLEDGED if given.pledges else Answer.DECLINED,
        "answered_at": timezone.now(),
        "answered_by": given.speaker.name,
        "comment": given.comment,
        "pledge": pledge,
    }
    Recipient.objects.filter(pk=row.pk).update(**values, version=F("version") + 1)
    row.refresh_from_db()
    _send_receipt(row, record)
    after = {
        "answer": row.answer,
        "by": given.speaker.name,
        "role": given.speaker.role,
        "identified": given.speaker.identified,
        "record": record.number,
    }
    log("members.answer.given", row, actor=actor, after=after, reason=reason)
    return row


def _hold(campaign: Campaign, *, late: bool) -> None:
    """Hold the campaign until the transaction ends, so that its counts, once closed, never change.

    Raises NotOpen; ``late``: the last day may have gone.
    """
    held = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    check_takes_answers(held, today=held.answer_by if late else timezone.localdate())


def _register(row: Recipient, given: Given, *, organisation: Organisation, actor: User | None) -> Record:
    text = row.campaign.text
    what = f"Intygar {text}" if given.pledges else f"Vill inte intyga {text}"
    lines = [
        f"{organisation.legal_name}: {what[:1].lower()}{what[1:]}.",
        f"{given.speaker.name}, {given.speaker.role}. {STATEMENT if actor is None else 'Noterat av oss.'}",
        f"Styrkt genom: {Identified(given.speaker.identified).label}. {timezone.localtime():%Y-%m-%d %H.%M}.",
        f"Kommentar: {given.comment}" if given.comment else "",
        f"Texten som den visades (SHA-256 {text.sha256}):\n\n{text.title}\n\n{text.body}",
    ]
    paper = "\n\n".join(line for line in lines if line)
    return register_received(
        Receipt(
            what,
            organisation.legal_name,
            type_code="pledge",
            from_person=organisation.sole_trader,
            submission=uuid5(NAMESPACE_URL, f"pakten:members.recipient:{row.pk}:answer"),
        ),
        actor=actor,
        case=row.campaign.case,
        files=[NewFile.of_bytes("intygande.txt", paper.encode(), media_type="text/plain; charset=utf-8")],
    )


def _send_receipt(row: Recipient, record: Record) -> None:
    if not row.email:
        return
    letter = receipt(row, number=record.number)
    mail = Mail(
        row.email,
        letter.subject,
        letter.body,
        to_name=row.membership.organisation.legal_name,
        about=f"members.answer:{row.pk}",
        submission=uuid5(NAMESPACE_URL, f"pakten:members.recipient:{row.pk}:receipt"),
    )
    try:
        with transaction.atomic():
            post(mail, actor=None)
    except LettersRefused:
        # The answer stands all the same; the page shows the receipt too.
        return
