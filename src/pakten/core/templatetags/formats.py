"""How values are written on pages: dates, numbers, sizes, organisation numbers, digests.

Every filter answers with an empty string for None, so that a table cell without a value stays empty.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django import template
from django.contrib.messages.storage.base import Message
from django.utils import timezone

from vandel import ids

register = template.Library()

NARROW_SPACE = "\u202f"  # no-break, so that a number never falls apart at a line end
NO_BREAK_SPACE = "\u00a0"
MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MESSAGE_KINDS = {"success": "done", "warning": "warn", "error": "stop"}
_UNITS = ("byte", "kB", "MB", "GB", "TB")

Moment = date | datetime | str | None


@register.filter
def orgnr(value: str | None) -> str:
    """``NNNNNN-NNNN``; a sole trader's personal number comes out hidden."""
    return ids.orgnr.mask(value) if value else ""


@register.filter
def date_iso(value: Moment) -> str:
    """``2022-05-24``: for tables."""
    day = _day(value)
    return day.isoformat() if day else ""


@register.filter
def date_long(value: Moment) -> str:
    """``24 maj 2022``: for sentences and letters."""
    day = _day(value)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


@register.filter
def weekday(value: Moment) -> str:
    """``tisdag``."""
    day = _day(value)
    return WEEKDAYS[day.weekday()] if day else ""


@register.filter
def moment(value: datetime | str | None) -> str:
    """``2022-05-24 14.05`` in Swedish time."""
    when = _parsed(value)
    if when is None:
        return ""
    if not isinstance(when, datetime):
        return when.isoformat()
    return _local(when).strftime("%Y-%m-%d %H.%M")


@register.filter
def clock(value: datetime | None) -> str:
    """``14.05`` in Swedish time."""
    return _local(value).strftime("%H.%M") if value else ""


@register.filter
def ago(value: Moment, now: datetime | None = None) -> str:
    """``för 3 timmar sedan``; ahead is ``om 3 timmar``. A date counts in days: ``i dag``, ``i går``."""
    when = _parsed(value)
    if when is None:
        return ""
    now = now or timezone.now()
    if not isinstance(when, datetime):
        return _days_ago((_local(now).date() - when).days)
    gone = now - _aware(when)
    if abs(gone) < timedelta(minutes=1):
        return "nyss"
    amount = _amount(abs(gone))
    return f"för {amount} sedan" if gone > timedelta(0) else f"om {amount}"


@register.filter
def duration(seconds: float | timedelta | None) -> str:
    """``8 sekunder``, ``3 minuter``, ``2 timmar``."""
    if seconds is None:
        return ""
    length = seconds if isinstance(seconds, timedelta) else timedelta(seconds=float(seconds))
    if length < timedelta(minutes=1):
        return _counted(max(1, round(length.total_seconds())), "sekund", many="sekunder")
    return _amount(length)


@register.filter
def count(value: int | None) -> str:
    """``12 345`` with narrow no-break spaces."""
    return "" if value is None else f"{int(value):,}".replace(",", NARROW_SPACE)


@register.filter
def decimal(value: float | Decimal | None, places: int = 2) -> str:
    """``0,87`` with a decimal comma."""
    if value is None:
        return ""
    return f"{value:,.{places}f}".replace(",", NARROW_SPACE).replace(".", ",")


@register.filter
def percent(value: float | None, places: int = 0) -> str:
    """A share of 1 as ``87 %``."""
    return "" if value is None else f"{decimal(float(value) * 100, places)}{NO_BREAK_SPACE}%"


@register.filter
def size(value: int | None) -> str:
    """``2,4 MB`` (steps of 1000)."""
    if value is None:
        return ""
    amount, unit = float(value), 0
    while amount >= 999.5 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    places = 1 if unit and amount < 99.95 else 0
    return f"{decimal(amount, places)}{NO_BREAK_SPACE}{_UNITS[unit]}"


@register.filter
def digest_short(value: str | None) -> str:
    """The first 12 hexadecimal digits; the whole digest belongs in the title beside it."""
    return f"{value[:12]}…" if value and len(value) > 12 else value or ""


@register.filter
def word_for(value: int | str | None, words: str) -> str:
    """The word that goes with a number: ``medlem`` or ``medlemmar`` of ``"medlem,medlemmar"``."""
    one, _, many = words.partition(",")
    return one if int(value or 0) == 1 else many or one


@register.filter
def plural(value: int | str | None, words: str) -> str:
    """``{{ n|plural:"medlem,medlemmar" }}`` gives ``1 medlem`` or ``2 medlemmar``."""
    return f"{count(int(value or 0))}{NO_BREAK_SPACE}{word_for(value, words)}"


@register.filter
def message_kind(message: Message) -> str:
    """The kind of banner for a message of Django's."""
    return MESSAGE_KINDS.get(message.level_tag, "info")


def _parsed(value: Moment) -> date | datetime | None:
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    except ValueError:
        return None


def _day(value: Moment) -> date | None:
    parsed = _parsed(value)
    return _local(parsed).date() if isinstance(parsed, datetime) else parsed


def _aware(value: datetime) -> datetime:
    return timezone.make_aware(value) if timezone.is_naive(value) else value


def _local(value: datetime) -> datetime:
    return timezone.localtime(_aware(value))


def _days_ago(days: int) -> str:
    near = {0: "i dag", 1: "i går", -1: "i morgon"}
    if days in near:
        return near[days]
    amount = _amount(timedelta(days=abs(days)))
    return f"för {amount} sedan" if days > 0 else f"om {amount}"


def _amount(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    if minutes < 60:
        return _counted(minutes, "minut", many="minuter")
    if minutes < 48 * 60:
        return _counted(minutes // 60, "timme", many="timmar")
    days = minutes // (24 * 60)
    if days < 60:
        return _counted(days, "dag", many="dagar")
    if days < 730:
        return _counted(days // 30, "månad", many="månader")
    return _counted(days // 365, "år", many="år")


def _counted(number: int, one: str, *, many: str) -> str:
    return f"{count(number)}{NO_BREAK_SPACE}{one if number == 1 else many}"
