"""What the organisation is told of a decision that changes something for it: a block, its end."""

from __future__ import annotations

from django.utils import timezone

from pakten.accounts.models import User
from pakten.core.theme import theme
from pakten.decisions.models import Decision
from pakten.deviations.models import Deviation, Level
from pakten.deviations.services.hearing_letters import mail_about
from pakten.letters.contact import whom_to_ask
from pakten.letters.content import DecisionBlock, LetterContent, Signer
from pakten.letters.models import OutboxMessage
from pakten.letters.services import send_letter

_OPENINGS: dict[tuple[Level, Level], str] = {
    (Level.ESCALATED, Level.BLOCKED): "{name} är spärrad för nätverkets särskilda ändamål tills vidare. "
    "Det betyder att vi inte föreslår er för ett ändamål så länge spärren gäller. Medlemskapet består.",
    (
        Level.BLOCKED,
        Level.ESCALATED,
    ): "{name} är inte längre spärrad. Vi fortsätter att följa upp avvikelsen.",
    (
        Level.BLOCKED,
        Level.DEVIATION,
    ): "{name} är inte längre spärrad. Vi fortsätter att följa upp avvikelsen.",
    (Level.DEVIATION, Level.ACCEPTED): "Vi har godtagit avvikelsen hos {name}. Ni behöver inte göra något.",
}


def send_decided(
    deviation: Deviation, decision: Decision, *, before: Level, actor: User
) -> OutboxMessage | None:
    """Send the decision with its reasons; None for a step that changes nothing for the organisation.

    Raises LettersRefused for what can't be sent.
    """
    opening = _OPENINGS.get((before, Level(deviation.level)))
    if opening is None:
        return None
    assert deviation.case is not None
    name, today, number = deviation.organisation.legal_name, timezone.localdate(), deviation.case.registry_no
    told = opening.format(name=name)
    content = LetterContent(
        kind_title="Besked",
        title=f"Beslut om en avvikelse hos {name}",
        on=today,
        registry_no=number,
        recipient=(name,),
        blocks=(told, f"Avvikelsen: {deviation.title}."),
        decision=DecisionBlock(
            decision=decision.text,
            reasons=tuple(line for line in decision.reasons.splitlines() if line.strip()),
            item_no=decision.item.number,
            on_behalf=decision.on_behalf,
        ),
        signers=tuple(
            Signer(str(who), who.title, today) for who in (decision.decided_by, decision.second_by) if who
        ),
        contact=whom_to_ask(decision.decided_by, number),
    )
    body = (
        f"Hej!\n\n{told}\n\nBeslutet och skälen står i det bifogade brevet. Ärendet har nummer {number}.\n\n"
        f"Hälsningar\n{decision.decided_by}\n{theme().city}"
    )
    mail = mail_about(deviation, f"Beslut om en avvikelse, {number}", body=body)
    return send_letter(deviation.case, content, mail=mail, actor=actor)
