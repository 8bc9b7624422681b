"""The paper of a decision, made here since decisions and letters don't know each other."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from pakten.accounts.models import User
from pakten.decisions.models import Decision
from pakten.decisions.registry import Rendered
from pakten.letters.content import Block, DecisionBlock, Facts, Heading, LetterContent, Signer
from pakten.letters.pdf import render_pdf


def render(decision: Decision) -> Rendered:
    """A PDF with all that a delegated decision must show (L-02): item, in whose name, who, when, number."""
    return Rendered("beslut.pdf", render_pdf(content_of(decision)), "application/pdf")


def content_of(decision: Decision) -> LetterContent:
    """What the paper says."""
    return LetterContent(
        kind_title="Verkställighet" if decision.is_execution else "Delegationsbeslut",
        title=f"{decision.get_kind_display()}: {decision.subject_label}",
        on=_day(decision.decided_at),
        registry_no=str(decision.record),
        blocks=tuple(_blocks(decision)),
        decision=DecisionBlock(
            decision=decision.text,
            reasons=tuple(filter(None, (part.strip() for part in decision.reasons.split("\n\n")))),
            item_no=decision.item.number,
            on_behalf=decision.on_behalf,
        ),
        signers=tuple(_signers(decision)),
    )


def _blocks(decision: Decision) -> list[Block]:
    rows = [("Ärende", str(decision.case)), ("Gäller", decision.subject_label)]
    rows.append(("Berett av", str(decision.prepared_by)))
    blocks: list[Block] = [Facts(tuple(rows))]
    if decision.note:
        blocks += [Heading("Anmärkning"), decision.note]
    return blocks


def _signers(decision: Decision) -> list[Signer]:
    signers = [_signer(decision.decided_by, decision.decided_at)]
    if decision.second_by and decision.second_at:
        signers.append(_signer(decision.second_by, decision.second_at))
    return signers


def _signer(user: User, at: datetime) -> Signer:
    return Signer(str(user), user.title, _day(at))


def _day(at: datetime) -> date:
    return timezone.localdate(at)
