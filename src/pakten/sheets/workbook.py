"""All control sheets of a run as one workbook: typed columns, numbers as text, unknown always beside met."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from pakten.accounts.models import User
from pakten.checks.basic.items import ITEMS, Item
from pakten.checks.models import CheckResult, ControlResult, ControlRun
from pakten.checks.queries.lists import lists_left_out
from pakten.checks.scope import scope_of
from pakten.checks.words import reason_in_words
from pakten.sheets.definitions import DEFINITIONS
from pakten.sheets.gather.lists import likeness_line, unchecked_lines
from pakten.sheets.gather.words import told, who
from pakten.sheets.snapshot import (
    MemberFacts,
    counts_by_sector,
    counts_of_item,
    counts_of_list,
    members_of,
)
from vandel.registers.table_write import Tab, Value, write_workbook

Members = Sequence[MemberFacts]


def workbook(run: ControlRun, user: User) -> bytes:
    """The members of the run whom ``user`` may see. Editions and definitions are in sheets of their own."""
    members = members_of(run, user)
    target = io.BytesIO()
    tabs = (_overview, _members, _compared, _items, _likenesses, _editions, _definitions)
    write_workbook(target, [make(run, members) for make in tabs])
    return target.getvalue()


def _overview(run: ControlRun, members: Members) -> Tab:
    headers = ("Vad", *(str(result.label) for result in ControlResult), "Summa")
    results = list(ControlResult.values)
    everybody = Counter(member.control.result for member in members)
    rows = [_counted("Alla medlemmar", everybody, words=results)]
    rows += [_counted(name, found, words=results) for name, found in counts_by_sector(members).items()]
    rows += [
        _counted(f"Lista: {title}", counts_of_list(members, key), words=results)
        for key, title in run.titles.items()
    ]
    words = list(CheckResult.values)
    rows += [("",) * len(headers), ("Kontrollpunkt", *(str(each.label) for each in CheckResult), "Summa")]
    rows += [
        _counted(each.title, counts_of_item(members, each.slug), words=words) for each in _asked(members)
    ]
    return Tab("Översikt", headers, rows)


def _counted(name: str, found: Counter[str], *, words: Sequence[str]) -> tuple[Value, ...]:
    numbers = [found[word] for word in words]
    return (name, *numbers, sum(numbers))


def _asked(members: Members) -> list[Item]:
    """The items that any of the members' check lists has, in the list's order."""
    slugs = {row.slug for member in members for row in member.items}
    return [each for each in ITEMS if each.slug in slugs]


def _members(run: ControlRun, members: Members) -> Tab:
    lists, asked = run.titles, _asked(members)
    headers = (
        *("Medlem", "Organisationsnummer", "Sektor", "Ort", "Resultat", "Resultat vid kontrollen"),
        *("Namnlikheter", "Väntar på bedömning", "Jämförda personer", "Jämförda ägare"),
        *("Gick inte att kontrollera", "Kontrollerad", "Kvittots kontrollsumma", "Bladets kontrollsumma"),
        *("Webbplatsbesök", "Besökt", "Öppna avvikelser", "Iakttagelser som väntar", "Checklista klar"),
        *(f"Lista: {title}" for title in lists.values()),
        *(f"Punkt: {each.title}" for each in asked),
    )
    return Tab("Medlemmar", headers, (_member(member, list(lists), asked=asked) for member in members))


def _member(member: MemberFacts, lists: Sequence[str], *, asked: Sequence[Item]) -> tuple[Value, ...]:
    control, visit, done = member.control, member.visit, member.check_list
    organisation = control.membership.organisation
    scope = scope_of(control.items)
    answers = {row.slug: str(CheckResult(row.result).label) for row in member.items if row.result}
    found = [member.result_of_list(key) for key in lists]
    return (
        *_named(member),
        organisation.get_sector_display(),
        organisation.place,
        control.get_result_display(),
        control.get_result_at_run_display(),
        len(member.likenesses),
        member.waiting,
        scope.persons,
        scope.owners,
        "; ".join(unchecked_lines(control.items)),
        _local(control.made_at),
        control.receipt_sha256,
        member.sheet.pdf_sha256 if member.sheet else "",
        visit.get_outcome_display() if visit else "Inte besökt",
        _local(visit.at) if visit else None,
        member.counted.deviations,
        member.counted.observations,
        _local(done.done_at) if done else None,
        *(str(ControlResult(each.value).label) if each else "Inte jämförd" for each in found),
        *(answers.get(each.slug, "Inte frågat") for each in asked),
    )


def _compared(_run: ControlRun, members: Members) -> Tab:
    headers = (
        *("Medlem", "Organisationsnummer", "Jämfört namn", "Vem", "Uppdrag", "Lista", "Binder"),
        *("Resultat", "Varför"),
    )
    return Tab("Jämförelser", headers, _comparisons(members))


def _comparisons(members: Members) -> Iterator[tuple[Value, ...]]:
    for member in members:
        for row in member.control.items:
            result = ControlResult(member.result_of_row(row).value)
            yield (
                *_named(member),
                told(row["name"]),
                row["kind"],
                ", ".join(row["roles"]),
                row["list_title"],
                bool(row["binds"]),
                str(result.label),
                reason_in_words(row),
            )


def _items(_run: ControlRun, members: Members) -> Tab:
    headers = (
        *("Medlem", "Organisationsnummer", "Punkt", "Resultat", "Vad vi såg", "Källa", "Var"),
        *("När", "Av", "Gäller till", "Kontrollsumma", "Checklista"),
    )
    titles = {each.slug: each.title for each in ITEMS}
    rows = (
        (
            *_named(member),
            titles.get(row.slug, row.slug),
            str(CheckResult(row.result).label),
            told(row.note),
            row.source,
            told(row.source_where),
            _local(row.checked_at),
            who(row.checked_by),
            row.expires_on,
            row.sha256,
            member.check_list.items_version if member.check_list else "",
        )
        for member in members
        for row in member.items
    )
    return Tab("Kontrollpunkter", headers, rows)


def _likenesses(_run: ControlRun, members: Members) -> Tab:
    headers = (
        *("Medlem", "Organisationsnummer", "Namn hos medlemmen", "Vem", "Namn på listan", "Lista"),
        *("Binder", "Likhet", "Bedömning", "Senaste steg", "Skäl", "Av", "När", "Andra person"),
    )
    return Tab("Namnlikheter", headers, _alike(members))


def _alike(members: Members) -> Iterator[tuple[Value, ...]]:
    for member in members:
        for line in map(likeness_line, member.likenesses):
            last = line.judgements[-1] if line.judgements else None
            step = (last.what, last.reason, last.by, _local(last.at), last.second) if last else ("",) * 5
            yield (
                *_named(member),
                line.subject,
                line.subject_kind,
                line.target,
                line.list_title,
                line.binds,
                line.score,
                line.standing,
                *step,
            )


def _editions(run: ControlRun, _members: Members) -> Tab:
    headers = (
        *("Lista", "Utgåva", "Binder", "Publicerad", "Filens datum", "Hämtad", "Poster"),
        *("Kontrollsumma", "Anmärkning"),
    )
    rows: list[tuple[Value, ...]] = [
        (
            each["title"],
            each["edition_id"],
            bool(each["binds"]),
            parse_date(each["published_on"] or ""),
            _moment(each["file_dated_at"]),
            _moment(each["fetched_at"]),
            each["entries"],
            each["sha256"],
            "Påhittad" if each.get("invented") else "",
        )
        for each in run.editions
    ]
    empty = (None,) * 6
    rows += [(gap["title"], "", bool(gap["binds"]), *empty[:5], f"{gap['why']}.") for gap in run.gaps]
    rows += [(title, "", True, *empty[:5], "Används inte i kontrollen.") for title in lists_left_out(run)]
    return Tab("Utgåvor", headers, rows)


def _definitions(run: ControlRun, _members: Members) -> Tab:
    made = (
        ("Kontroll", f"Nummer {run.pk}, startad {timezone.localtime(run.started_at):%Y-%m-%d %H:%M}."),
        ("Startad av", who(run.started_by)),
        ("Motor", run.engine_version),
        ("Regler", run.rule_version),
        ("Gräns för likhet", run.threshold),
    )
    return Tab("Definitioner", ("Ord", "Betydelse"), [*DEFINITIONS, *made])


def _named(member: MemberFacts) -> tuple[str, str]:
    organisation = member.control.membership.organisation
    return told(organisation.name_shown), organisation.org_nr_shown


def _local(at: datetime | None) -> datetime | None:
    """As the clock on the wall said: a workbook has no time zones."""
    return timezone.localtime(at).replace(tzinfo=None, microsecond=0) if at else None


def _moment(text: str | None) -> datetime | date | None:
    return _local(parse_datetime(text)) if text else None
