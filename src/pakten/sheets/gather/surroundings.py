"""What stands beside a control on its sheet: the website visit, register look-ups, deviations.

What was known before the member's next control belongs to this one; what came later belongs to that one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from pakten.core.templatetags.formats import plural
from pakten.organisations.models import LookupOutcome, Organisation
from pakten.sheets.gather.deviations import deviations_of
from pakten.sheets.gather.registers import register_lines
from pakten.sheets.gather.visits import visit_part
from pakten.sheets.values import DeviationLine, RegisterLine, VisitPart

UNANSWERED = LookupOutcome.COULD_NOT_CHECK


@dataclass(frozen=True, slots=True)
class Surroundings:
    """``as_of``: the latest moment among them, or the control's own."""

    as_of: datetime
    visit: VisitPart | None = None
    registers: tuple[RegisterLine, ...] = ()
    deviations: tuple[DeviationLine, ...] = ()
    unchecked: tuple[str, ...] = field(default=())


def surroundings(organisation: Organisation, *, since: datetime, until: datetime | None) -> Surroundings:
    """What is known of the organisation around the control made at ``since``; ``until`` None: until now."""
    visit = visit_part(organisation, until=until)
    registers = register_lines(organisation, until=until)
    found = deviations_of(organisation, until=until)
    moments = [since, *found.moments, *(line.at for line in registers), *([visit.as_of] if visit else [])]
    unchecked = []
    if visit is None:
        unchecked.append("Webbplatsen är inte besökt.")
    elif not visit.part.is_read:
        unchecked.append(f"Webbplatsen gick inte att besöka: {visit.part.outcome}")
    if not registers:
        unchecked.append("Inget register är tillfrågat om organisationen.")
    unchecked += [f"{line.register}: {line.said}" for line in registers if line.outcome == UNANSWERED]
    if found.waiting:
        unchecked.append(f"{plural(found.waiting, 'iakttagelse väntar,iakttagelser väntar')} på en person.")
    return Surroundings(
        as_of=max(moments),
        visit=visit.part if visit else None,
        registers=registers,
        deviations=found.lines,
        unchecked=tuple(unchecked),
    )
