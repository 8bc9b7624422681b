"""Which steps a deviation may take now, in words for buttons; and what is to be done first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pakten.deviations.models import DECIDED_AS, TRANSITIONS, Deviation, HearingState, Level
from pakten.deviations.policies import heard_from

_L = Level
_WORDS: dict[tuple[Level, Level], str] = {
    (_L.OBSERVATION, _L.DISMISSED): "Avskriv: det var ingen avvikelse",
    (_L.DEVIATION, _L.OBSERVATION): "Gå tillbaka till iakttagelse: jag är inte säker längre",
    (_L.DEVIATION, _L.FIXED): "Avsluta som åtgärdad: organisationen har rättat det",
    (_L.DEVIATION, _L.DISMISSED): "Avskriv: det visade sig inte vara en avvikelse",
    (_L.DEVIATION, _L.ESCALATED): "Eskalera",
    (_L.DEVIATION, _L.ACCEPTED): "Godta avvikelsen",
    (_L.ESCALATED, _L.BLOCKED): "Spärra organisationen för särskilda ändamål",
    (_L.ESCALATED, _L.DEVIATION): "Sänk till avvikelse",
    (_L.BLOCKED, _L.ESCALATED): "Häv spärren, låt avvikelsen vara eskalerad",
    (_L.BLOCKED, _L.DEVIATION): "Häv spärren och sänk till avvikelse",
    (_L.FIXED, _L.DEVIATION): "Öppna igen: det är inte åtgärdat",
    (_L.DISMISSED, _L.OBSERVATION): "Öppna igen som iakttagelse",
    (_L.ACCEPTED, _L.DEVIATION): "Öppna igen: förutsättningarna har ändrats",
    (_L.ENDED, _L.OBSERVATION): "Öppna igen som iakttagelse",
}


class Todo(StrEnum):
    """The first thing to do; the page shows its form open, and the others folded."""

    CONFIRM = "confirm"
    DECIDE = "decide"
    ASSESS = "assess"
    TELL = "tell"
    ANSWER = "answer"
    READ = "read"
    PROPOSE = "propose"
    CLOSE = "close"
    WAIT = "wait"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Steps:
    """``alone``: what one officer does; ``proposed``: what another person decides. Value and words."""

    alone: tuple[tuple[str, str], ...]
    proposed: tuple[tuple[str, str], ...]


def steps_of(deviation: Deviation) -> Steps:
    """The steps from where it stands, in the order of the ladder. To confirm has a form of its own."""
    now = Level(deviation.level)
    following = [level for level in Level if level in TRANSITIONS[now] and (now, level) in _WORDS]
    words = [(level, (level.value, _WORDS[now, level])) for level in following]
    return Steps(
        tuple(word for level, word in words if (now, level) not in DECIDED_AS),
        tuple(word for level, word in words if (now, level) in DECIDED_AS),
    )


def first_thing(
    deviation: Deviation, *, is_proposed: bool, may_decide: bool, may_handle: bool, has_unread: bool
) -> Todo:
    """The one thing, for this person."""
    if is_proposed:
        return Todo.DECIDE if may_decide else Todo.WAIT
    if not may_handle or not deviation.is_open:
        return Todo.NOTHING
    if deviation.level == Level.OBSERVATION:
        return Todo.CONFIRM
    if not deviation.seriousness:
        return Todo.ASSESS
    return Todo.READ if has_unread else _once_assessed(deviation)


def _once_assessed(deviation: Deviation) -> Todo:
    """The organisation is told and waited for; what it answered may be an end, silence hardly is."""
    hearings = list(deviation.hearings.all())
    if not hearings:
        return Todo.TELL
    if hearings[0].state == HearingState.WAITING:
        return Todo.ANSWER
    if hearings[0].state == HearingState.SILENT and hearings[0].told_at < heard_from(deviation):
        return Todo.TELL
    answered = hearings[0].state == HearingState.COMMENTED
    return Todo.CLOSE if answered and steps_of(deviation).alone else Todo.PROPOSE
