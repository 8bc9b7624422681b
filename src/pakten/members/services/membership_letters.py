"""What the city writes to a member whose membership ends, rests or holds again."""

from __future__ import annotations

from django.utils import timezone

from pakten.accounts.models import User
from pakten.core.templatetags.formats import date_long
from pakten.core.theme import theme
from pakten.decisions.models import Decision
from pakten.letters.contact import whom_to_ask
from pakten.letters.content import Block, DecisionBlock, LetterContent, Signer
from pakten.letters.models import OutboxMessage
from pakten.letters.services import Mail, send_letter
from pakten.members.models import MatterKind, Membership, MembershipMatter
from pakten.members.queries.campaigns import addresses
from pakten.records.models import Case

_COME_BACK = "Ni är välkomna att ansöka igen när ni vill."
_OPENINGS = {
    MatterKind.END: "Medlemskapet för {name} har avslutats. Sista dagen är {day}.",
    MatterKind.PAUSE: "Medlemskapet för {name} är vilande från och med {day}. Det betyder att vi inte "
    "räknar med er i nätverkets arbete just nu.",
    MatterKind.RESUME: "Medlemskapet för {name} gäller igen från och med {day}.",
}


def send_left(membership: Membership, case: Case, *, actor: User) -> OutboxMessage:
    """Confirm that the member has left as it wished."""
    name = membership.organisation.legal_name
    day = date_long(membership.ended_on)
    opening = f"Vi har tagit emot er begäran. Sista dagen för medlemskapet är {day}."
    content = LetterContent(
        kind_title="Besked",
        title=f"{name} har lämnat {theme().network}",
        on=timezone.localdate(),
        registry_no=case.registry_no,
        recipient=(name,),
        blocks=(opening, "Tack för den tid som ni har varit med.", _COME_BACK),
        signers=(Signer(str(actor), actor.title, timezone.localdate()),),
        contact=whom_to_ask(actor, case.registry_no),
    )
    mail = _mail(membership, case, opening=opening, sender=actor)
    return send_letter(case, content, mail=mail, actor=actor)


def send_decided(matter: MembershipMatter, decision: Decision, *, actor: User) -> OutboxMessage:
    """Send the decision with its reasons."""
    kind, membership, today = MatterKind(matter.kind), matter.membership, timezone.localdate()
    name = membership.organisation.legal_name
    opening = _OPENINGS[kind].format(name=name, day=date_long(today))
    blocks: tuple[Block, ...] = (opening, *([_COME_BACK] if kind is MatterKind.END else []))
    content = LetterContent(
        kind_title="Besked",
        title=f"Beslut om medlemskapet för {name}",
        on=today,
        registry_no=matter.case.registry_no,
        recipient=(name,),
        blocks=blocks,
        decision=DecisionBlock(
            decision=decision.text,
            reasons=tuple(line for line in decision.reasons.splitlines() if line.strip()),
            item_no=decision.item.number,
            on_behalf=decision.on_behalf,
        ),
        signers=tuple(
            Signer(str(who), who.title, today) for who in (decision.decided_by, decision.second_by) if who
        ),
        contact=whom_to_ask(decision.decided_by, matter.case.registry_no),
    )
    mail = _mail(membership, matter.case, opening=opening, sender=decision.decided_by)
    return send_letter(matter.case, content, mail=mail, actor=actor)


def _mail(membership: Membership, case: Case, *, opening: str, sender: User) -> Mail:
    organisation = membership.organisation
    address = addresses([organisation], as_of=timezone.localdate())[organisation.pk]
    body = (
        f"Hej!\n\n{opening}\n\nMer står i det bifogade brevet. Ärendet har nummer {case.registry_no}.\n\n"
        f"Hälsningar\n{sender}\n{theme().city}"
    )
    return Mail(
        to_address=address.email,
        subject=f"Om ert medlemskap, {case.registry_no}",
        body=body,
        to_name=address.name or organisation.legal_name,
        about=f"members.membership:{membership.pk}",
        to_person=organisation.sole_trader,
    )
