"""What the register holds of an organisation, for the organisation itself. Numbers of persons stay hidden."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.text import capfirst

from pakten.core.templatetags.formats import date_iso
from pakten.members.models import Application, Membership, Pledge, State
from pakten.members.own_file_sections import Known, Section
from pakten.members.queries.fact_sources import column_sources
from pakten.organisations.models import Organisation
from pakten.organisations.models.sourced import SourcedFact
from pakten.organisations.queries import current_contacts, valid_on

_COLUMNS = (
    "legal_name", "org_nr", "legal_form", "sector", "place", "address", "country", "website", "email",
    "phone", "employees", "branch_code", "description",
)  # fmt: skip
NOT_FILLED_IN = "inte ifyllt"
NO_NUMBER = "saknas hos oss"
OUR_DIARY = "stadens diarium"
OUR_REGISTER = "stadens medlemsregister"


def columns(organisation: Organisation) -> Iterator[Known]:
    """The card itself, each column with the source of its own newest change; nothing comes from nowhere."""
    sources = column_sources(organisation, _COLUMNS)
    for name in _COLUMNS:
        label = capfirst(str(Organisation._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
        shown = column_shown(organisation, name)
        if shown in (NOT_FILLED_IN, NO_NUMBER):
            yield Known(label, shown, key=name)
        else:
            yield Known(label, shown, *sources[name], key=name)


def column_shown(organisation: Organisation, name: str) -> str:
    """A column as people read it."""
    if name == "org_nr":
        return organisation.org_nr_shown or NO_NUMBER
    if name == "country":
        return "Sverige" if organisation.country == "se" else organisation.country.upper()
    if name in ("sector", "employees"):
        label = getattr(organisation, f"get_{name}_display")()
        return str(label) or NOT_FILLED_IN
    return str(getattr(organisation, name)) or NOT_FILLED_IN


def names(organisation: Organisation) -> Iterator[Known]:
    for row in organisation.other_names.all():
        yield _row(row, capfirst(row.get_kind_display()), value=row.name, key=f"namn-{row.pk}")


def persons(organisation: Organisation) -> Iterator[Known]:
    for row in organisation.known_persons.all():
        born = f", född {row.birth_date}" if row.birth_date else ""
        ended = f", till {date_iso(row.valid_to)}" if row.valid_to else ""
        label = capfirst(row.get_role_display())
        yield _row(row, label, value=f"{row.name}{born}{ended}", key=f"person-{row.pk}")


def owners(organisation: Organisation) -> Iterator[Known]:
    for row in organisation.stakes.all():
        share = "andelen är inte känd" if row.percentage is None else f"{row.percentage.normalize():f} %"
        ended = f", till {date_iso(row.valid_to)}" if row.valid_to else ""
        value = f"{row.owner_name}, {share.replace('.', ',')}{ended}"
        yield _row(row, "Ägare", value=value, key=f"agare-{row.pk}")


def contacts(organisation: Organisation) -> Iterator[Known]:
    for row in current_contacts(organisation, as_of=timezone.localdate()):
        parts = (row.name, row.title, row.email, row.phone)
        value = ", ".join(part for part in parts if part)
        label = "Huvudkontakt" if row.is_main else "Kontaktperson"
        yield _row(row, label, value=value, key=f"kontakt-{row.pk}")


def branches(organisation: Organisation) -> Iterator[Known]:
    if organisation.group_parent is not None:
        parent = organisation.group_parent.legal_name
        yield Known("Moderorganisation", parent, organisation.source, organisation.recorded_at, key="koncern")
    for row in organisation.branches.filter(valid_on(timezone.localdate())):
        value = ", ".join(part for part in (row.name, row.address, row.place) if part)
        yield _row(row, "Arbetsställe", value=value, key=f"arbetsstalle-{row.pk}")


def memberships(organisation: Organisation) -> Iterator[Known]:
    for row in Membership.objects.filter(organisation=organisation).order_by("-pk"):
        first = date_iso(row.joined_on) or "okänd dag"
        last = f" till {date_iso(row.ended_on)}" if row.ended_on else ""
        value = f"{row.get_state_display()}, från {first}{last}"
        yield Known("Medlemskap", value, OUR_REGISTER, row.updated_at, key=f"medlemskap-{row.pk}")
        agreement = row.get_collective_agreement_display()
        yield Known("Kollektivavtal", agreement, OUR_REGISTER, row.updated_at, key=f"avtal-{row.pk}")
        shown = "namn och sektor står i medlemsförteckningen" if row.published else "visas inte öppet"
        key, page = (f"lista-{row.pk}", "" if row.state == State.ENDED else "members:own_published")
        yield Known("Medlemsförteckningen", shown, OUR_REGISTER, row.updated_at, key=key, changed_at=page)
        if row.leaving_reason:
            why = f"{row.get_leaving_reason_display()} {row.leaving_note}".strip()
            yield Known("Skäl att lämna", why, OUR_REGISTER, row.updated_at, key=f"skal-{row.pk}")


def pledges(organisation: Organisation) -> Iterator[Known]:
    rows = Pledge.objects.filter(organisation=organisation).select_related("text")
    for row in rows:
        by = f"{row.given_by}, {row.role}" if row.role else row.given_by
        value = (
            f"{row.text.title}, version {row.text.number}, intygat av {by} ({row.get_identified_display()})"
        )
        yield Known(capfirst(row.text.get_kind_display()), value, "er organisation", row.given_at)


def applications(organisation: Organisation) -> Iterator[Known]:
    rows = Application.objects.filter(organisation=organisation).select_related("case")
    for row in rows.order_by("-pk"):
        value = f"{row.case.registry_no}, {row.get_state_display()}"
        yield Known("Ansökan om medlemskap", value, OUR_DIARY, row.received_at)


def _row(row: SourcedFact, label: str, *, value: str, key: str) -> Known:
    return Known(label, value, row.source, row.recorded_at, key=key)


SECTIONS = (
    Section(10, "organisationen", "Organisationen", columns),
    Section(20, "namn", "Andra namn", names, nothing="Vi känner inte till något annat namn."),
    Section(
        30,
        "personer",
        "Personer i ledningen",
        persons,
        about="Vi jämför namnen med sanktionslistor. Vi antecknar ingens nationalitet.",
        nothing="Vi känner inte till någon i ledningen.",
    ),
    Section(40, "agare", "Ägare", owners, nothing="Vi känner inte till några ägare."),
    Section(50, "kontaktpersoner", "Kontaktpersoner", contacts, nothing="Vi har ingen kontaktperson."),
    Section(
        60, "arbetsstallen", "Koncern och arbetsställen", branches, nothing="Vi har inga uppgifter om det."
    ),
    Section(70, "medlemskap", "Medlemskap", memberships, nothing="Ni är inte medlemmar."),
    Section(80, "intyganden", "Intyganden", pledges, nothing="Ni har inte intygat någon text."),
    Section(90, "ansokningar", "Ansökningar", applications, nothing="Ni har ingen ansökan i vårt diarium."),
)
