"""Sending an application: all of it or nothing, in one transaction, and never twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from pakten.audit.services import record as log
from pakten.letters.refusals import LettersRefused
from pakten.letters.services import Mail, post
from pakten.members.applying.filetypes import ENDINGS, media_type
from pakten.members.applying.refusals import NotFree, NotWhole
from pakten.members.applying.steps import first_missing
from pakten.members.applying.wording import RECEIVED, WHAT_NOW
from pakten.members.applying.writing import Attachment, paper
from pakten.members.forms.apply_pledges import NO_TEXTS, TEXT_CHANGED, texts_now
from pakten.members.forms.apply_sector import FILE_PURPOSES, owner_share
from pakten.members.models import (
    APPLICATION_EVENTS,
    Application,
    ApplicationDraft,
    ApplicationState,
    DraftFile,
    Identified,
    PledgeText,
    TextKind,
)
from pakten.members.queries.drafts import Standing, standing_of
from pakten.members.services.application_states import move
from pakten.members.services.drafting import (
    attach,
    change_sector,
    delete_expired,
    delete_ownerless_files,
    detach,
    erase,
    mail_link,
    prove_email,
    save_step,
    start_draft,
)
from pakten.members.services.pledging import Speaker, give_pledge
from pakten.organisations.facts import FactSource
from pakten.organisations.models import Organisation, OwnerType, Sector
from pakten.organisations.queries import by_number
from pakten.organisations.refusals import ChangedMeanwhile, Refused
from pakten.organisations.services.received import (
    StatedContact,
    StatedFacts,
    StatedOwner,
    receive_contact,
    receive_organisation,
)
from pakten.records.models import Record
from pakten.records.services import NewFile, Receipt, register_received
from pakten.records.words import one_line, search_key
from vandel.ids import orgnr

__all__ = [
    "attach",
    "change_sector",
    "delete_expired",
    "delete_ownerless_files",
    "detach",
    "mail_link",
    "prove_email",
    "save_step",
    "start_draft",
    "submit",
]

PAPER_NAME = "ansokan.txt"
HIDDEN = "••••••-••••"


@transaction.atomic
def submit(draft: ApplicationDraft, *, expected_version: int | None = None) -> Application:
    """Send it: registered with its papers; organisation, contact and pledges stored; the receipt queued.

    Sent before, it is given back as it is. ``expected_version`` is the one that the applicant read; None =
    as it stands. Raises NotWhole for a step without answer or a text that changed, NotFree for who is a
    member or applies already, ChangedMeanwhile, and Refused for facts that can't stand.
    """
    held = ApplicationDraft.objects.select_for_update().get(pk=draft.pk)
    if held.application is not None:
        return held.application
    if expected_version not in (None, held.version):
        raise ChangedMeanwhile("ansökan")
    texts = _texts_as_read(held)
    now = timezone.now()
    number = held.answers["nummer"]["org_nr"]
    # Held before anything is logged, as everywhere: two who wait for each other's rows would never end.
    Organisation.objects.select_for_update().filter(org_nr=number).first()
    _check_free(number)
    record = _register(held, texts, now=now)
    source = FactSource(f"Ansökan {record.case.registry_no}", recorded_at=now, where=record.number)
    organisation, made = _receive_organisation(held, source=source)
    # Held by now: of two applications of one organisation the second sees the first.
    _check_free(number)
    contact = StatedContact(**held.answers["kontakt"])
    receive_contact(organisation, contact, source=source, is_main=made)
    application = _store(held, record, organisation=organisation, texts=texts, now=now)
    _pledge(application, texts)
    _let_go(held, application)
    post_receipt(application)
    return application


def _texts_as_read(draft: ApplicationDraft) -> dict[TextKind, PledgeText]:
    """The texts in force, which must be those that the draft's pledge was about. Raises NotWhole."""
    missing = first_missing(draft)
    if missing is not None:
        raise NotWhole(missing.slug, f"{missing.short} är inte ifyllt än.")
    texts = texts_now()
    if texts is None:
        raise Refused(NO_TEXTS)
    read = draft.answers["intyganden"]
    if any(read.get(f"{kind.value}_sha256") != text.sha256 for kind, text in texts.items()):
        raise NotWhole("intyganden", TEXT_CHANGED)
    return texts


def _check_free(org_nr: str) -> None:
    standing = standing_of(org_nr)
    if standing is not Standing.FREE:
        raise NotFree(standing)


def _register(draft: ApplicationDraft, texts: Mapping[TextKind, PledgeText], *, now: datetime) -> Record:
    """The whole application as a paper in the diary, in a case of its own, with the files that came along."""
    files = list(draft.files.all())
    attached = [Attachment(_purpose(file), file.original_name, file.sha256) for file in files]
    words = paper(draft, texts.values(), files=attached, sent_at=now)
    whole = NewFile.of_bytes(PAPER_NAME, words.encode(), media_type="text/plain; charset=utf-8")
    name, personal = _name(draft), draft.answers["nummer"]["sole_trader"]
    receipt = Receipt(
        short_content="Ansökan om medlemskap",
        sender=name,
        type_code="membership_application",
        received_at=now,
        from_person=personal,
        case_title="Ansökan om medlemskap" if personal else f"Ansökan om medlemskap: {name}",
        submission=draft.submission,
    )
    try:
        return register_received(receipt, actor=None, files=[whole, *map(_as_new, files)])
    finally:
        for file in files:
            file.file.close()


def _as_new(file: DraftFile) -> NewFile:
    """The file under a name that ends as its bytes say."""
    kind = media_type(file.file) or ""
    ending = ENDINGS.get(kind, "")
    name = file.original_name
    fits = name.lower().endswith((ending, ".jpeg") if ending == ".jpg" else ending)
    return NewFile(name if fits else f"{one_line(name, 190)}{ending}", file.file, kind)


def _receive_organisation(draft: ApplicationDraft, *, source: FactSource) -> tuple[Organisation, bool]:
    found = draft.answers["uppgifter"]
    about = draft.answers.get("foretag", {}) if draft.sector == Sector.PRIVATE else {}
    parent = by_number(about.get("parent_org_nr", ""))
    facts = StatedFacts(
        org_nr=draft.answers["nummer"]["org_nr"],
        sector=Sector(draft.sector),
        group_parent=parent,
        **{name: str(value) for name, value in found.items()},
    )
    owners = [
        StatedOwner(owner["name"], OwnerType(owner["type"]), owner_share(owner["share"]))
        for owner in about.get("owners", ())
    ]
    return receive_organisation(facts, source=source, owners=owners)


def _store(
    draft: ApplicationDraft,
    record: Record,
    *,
    organisation: Organisation,
    texts: Mapping[TextKind, PledgeText],
    now: datetime,
) -> Application:
    pledged, contact = draft.answers["intyganden"], draft.answers["kontakt"]
    name = _name(draft)
    application = Application.objects.create(
        submission=draft.submission,
        organisation=organisation,
        case=record.case,
        record=record,
        sector=draft.sector,
        organisation_name=name,
        answers=_frozen(draft),
        contact_name=contact["name"],
        contact_email=contact["email"],
        speaker_name=pledged["speaker_name"],
        speaker_role=pledged["speaker_role"],
        identified=_identified(draft, contact["email"]),
        goals_text=texts[TextKind.GOALS],
        values_text=texts[TextKind.VALUES],
        received_at=now,
        state_since=now,
        search_key=search_key(name, record.case.registry_no, contact["name"]),
    )
    after = {"state": ApplicationState.RECEIVED, "record": record.number, "organisation": name}
    log(APPLICATION_EVENTS[ApplicationState.RECEIVED], application, actor=None, after=after)
    move(application, ApplicationState.REGISTERED, actor=None, expected_version=application.version)
    return application


def _pledge(application: Application, texts: Mapping[TextKind, PledgeText]) -> None:
    speaker = Speaker(application.speaker_name, application.speaker_role, Identified(application.identified))
    for text in texts.values():
        give_pledge(application.organisation, text, speaker=speaker, actor=None, record=application.record)


def _let_go(draft: ApplicationDraft, application: Application) -> None:
    """The link shows the application from now on; what lay in the draft is in the diary."""
    erase(draft.files.all())
    ApplicationDraft.objects.filter(pk=draft.pk).update(
        answers={}, application=application, version=draft.version + 1, updated_at=timezone.now()
    )


def post_receipt(application: Application) -> None:
    """Queue the receipt; the page shows the same."""
    dnr = application.case.registry_no
    body = (
        f"Hej {application.contact_name}!\n\n{RECEIVED.format(dnr=dnr)}\n\n{WHAT_NOW}\n\n"
        f"Ansökan gäller {application.organisation_name}. Du följer ärendet på länken som du fick när du "
        "ansökte. Skriv ärendenumret om du hör av dig till oss."
    )
    post_quietly(application, f"Vi har tagit emot er ansökan, {dnr}", body=body)


def post_quietly(application: Application, subject: str, *, body: str) -> None:
    """Queue a message to the contact; an address that can't be sent to stops nothing else."""
    mail = Mail(
        to_address=application.contact_email,
        # The open diary names the organisation, not the person.
        to_name=application.organisation_name,
        to_person=application.organisation.sole_trader,
        about=f"members.application:{application.public_id}",
        subject=subject,
        body=body,
        case=application.case,
    )
    try:
        with transaction.atomic():
            post(mail, actor=None)
    except LettersRefused:
        return


def _identified(draft: ApplicationDraft, email: str) -> Identified:
    same = draft.email.casefold() == email.casefold()
    return Identified.MAIL_LINK if draft.email_proven_at and same else Identified.NONE


def _frozen(draft: ApplicationDraft) -> dict[str, Any]:
    """The answers as sent; a sole trader's number is kept with the organisation only (L-29)."""
    number = draft.answers["nummer"]
    shown = number | {"org_nr": HIDDEN if number["sole_trader"] else orgnr.format(number["org_nr"])}
    return {**draft.answers, "nummer": shown}


def _name(draft: ApplicationDraft) -> str:
    return str(draft.answers["uppgifter"]["legal_name"])


def _purpose(file: DraftFile) -> str:
    return FILE_PURPOSES.get(file.purpose, "Bilaga")
