"""What the sheet says of deviations: those that a person has confirmed, with the organisation's own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from pakten.core.templatetags.formats import date_iso
from pakten.deviations.models import Comment, Deviation, Level
from pakten.organisations.models import Organisation
from pakten.records.models import Record, SecrecyMark
from pakten.records.models.marks import STANDING
from pakten.sheets.gather.words import told
from pakten.sheets.values import DeviationLine

# What nobody has confirmed is a working note (L-04): the sheet says that it is there, not what it says.
UNCONFIRMED = Level.OBSERVATION
WITHHELD = "Har sekretessmarkering och visas inte här"


@dataclass(frozen=True, slots=True)
class Deviations:
    """``waiting``: how many observations nobody has confirmed or dismissed."""

    lines: tuple[DeviationLine, ...]
    waiting: int
    moments: tuple[datetime, ...]


def deviations_of(organisation: Organisation, *, until: datetime | None) -> Deviations:
    """The organisation's deviations noted before ``until``, oldest first, as they stand now."""
    rows = Deviation.objects.filter(organisation=organisation).exclude(level=Level.DISMISSED)
    rows = rows.exclude(level=Level.ENDED, confirmed_at=None)
    rows = rows.filter(created_at__lt=until) if until else rows
    comments = Comment.objects.select_related("record").prefetch_related(_marks("record__marks"))
    rows = rows.select_related("decision__record__case", "record__case").order_by("pk")
    found = list(
        rows.prefetch_related(Prefetch("comments", comments.order_by("pk")), _marks("record__marks"))
    )
    shown = [each for each in found if each.level != UNCONFIRMED]
    words = [comment.at for each in shown for comment in each.comments.all()]
    return Deviations(
        lines=tuple(_line(each) for each in shown),
        waiting=len(found) - len(shown),
        moments=(*(each.level_since for each in shown), *words),
    )


def _marks(path: str) -> Prefetch[str]:
    standing = SecrecyMark.objects.filter(state__in=STANDING).order_by("pk")
    return Prefetch(path, queryset=standing, to_attr="standing_marks")


def _line(each: Deviation) -> DeviationLine:
    hidden = _withheld(each.record)
    decision = each.decision
    return DeviationLine(
        number=str(each.record) if each.record else "",
        what=hidden or told(each.title),
        where="" if hidden else ", ".join(filter(None, (each.source, told(each.where)))),
        seen="" if hidden else told(each.description),
        seen_at=each.seen_at,
        seriousness=each.get_seriousness_display(),
        state=each.get_level_display(),
        comment=" ".join(_comment(comment) for comment in each.comments.all()),
        assessment="" if hidden else told(each.assessment),
        decision=f"{decision.record}: {told(decision.text)}" if decision and not hidden else "",
        follow_up=date_iso(each.follow_up_on),
    )


def _comment(comment: Comment) -> str:
    said = _withheld(comment.record) or told(comment.text)
    return f"{date_iso(comment.at)}: {said}"


def _withheld(record: Record | None) -> str:
    """What stands instead of the words of a paper with a secrecy mark; empty where there is none."""
    if record is None or not (marks := record.standing_marks):  # type: ignore[attr-defined]
        return ""
    return f"{WITHHELD} ({', '.join(dict.fromkeys(mark.provision for mark in marks))})."
