"""An organisation and its names."""

from __future__ import annotations

import secrets

from django.db import models

from pakten.organisations.keys import NO_NAME, is_name
from pakten.organisations.models.sourced import SourcedFact
from vandel.ids import orgnr

# No vowels and no look-alikes: an identifier that is read aloud over the telephone and spells no word.
ID_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
ID_LENGTH = 10


def new_public_id() -> str:
    """A random identifier for addresses: it says nothing, so it can't hold a personal number."""
    return "".join(secrets.choice(ID_ALPHABET) for _ in range(ID_LENGTH))


class Sector(models.TextChoices):
    """The city's three words for what kind of organisation it is."""

    PRIVATE = "private", "privat näringsliv"
    CIVIL = "civil", "civilsamhälle"
    PUBLIC = "public", "offentlig sektor"


class Employees(models.TextChoices):
    """How many work there, in the classes that statistics use; empty = not known."""

    NONE = "0", "inga anställda"
    FEW = "1-9", "1–9"
    SMALL = "10-49", "10–49"
    MEDIUM = "50-249", "50–249"
    LARGE = "250-", "250 eller fler"


class Organisation(SourcedFact):
    """An organisation: a member, or one that owns a member. The source columns tell of the newest change."""

    public_id = models.CharField(max_length=ID_LENGTH, unique=True, default=new_public_id, editable=False)
    org_nr = models.CharField("organisationsnummer", max_length=10, null=True, blank=True, unique=True)
    legal_name = models.CharField("namn", max_length=300)
    legal_form = models.CharField("organisationsform", max_length=100, blank=True)
    sector = models.CharField("sektor", max_length=10, choices=Sector)
    place = models.CharField("ort", max_length=100, blank=True)
    country = models.CharField("registreringsland", max_length=2, default="se")
    website = models.CharField("webbplats", max_length=500, blank=True)
    email = models.CharField("e-post", max_length=254, blank=True)
    phone = models.CharField("telefon", max_length=50, blank=True)
    address = models.CharField("postadress", max_length=300, blank=True)
    employees = models.CharField("antal anställda", max_length=10, choices=Employees, blank=True)
    branch_code = models.CharField("bransch (SNI)", max_length=10, blank=True)
    description = models.TextField("beskrivning", blank=True)
    group_parent = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="group_members"
    )
    # Set while another record of the same organisation stands for this one (see Merge).
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from", editable=False
    )
    search_key = models.TextField(editable=False)  # every name, folded: the same search on both databases
    sort_key = models.CharField(max_length=400, editable=False, db_index=True)
    match_key = models.CharField(max_length=300, editable=False, db_index=True)  # folded, without legal form
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(SourcedFact.Meta):
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        constraints = [
            *SourcedFact.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(legal_name=""), name="organisation_has_name"),
            models.CheckConstraint(condition=~models.Q(org_nr=""), name="missing_number_is_null"),
            models.CheckConstraint(
                condition=models.Q(sector__in=Sector.values), name="organisation_sector_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(group_parent=None) | ~models.Q(group_parent=models.F("id")),
                name="not_its_own_group_parent",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("id")),
                name="not_merged_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name_shown

    @property
    def name_shown(self) -> str:
        """The name as people may see it; says so where there is none, and only a dash stands for it."""
        return self.legal_name if is_name(self.legal_name) else NO_NAME

    @property
    def sole_trader(self) -> bool:
        """Whether the number is a person's own, so that it may never be shown."""
        return bool(self.org_nr) and orgnr.is_personal(self.org_nr or "")

    @property
    def org_nr_shown(self) -> str:
        """The number as people may see it: ``212000-0142``, masked for sole traders, empty when missing."""
        if not self.org_nr:
            return ""
        return orgnr.mask(self.org_nr) if self.sole_trader else orgnr.format(self.org_nr)


class OrganisationName(SourcedFact):
    """Another name that the organisation uses or has used."""

    class Kind(models.TextChoices):
        TRADE = "trade", "bifirma eller namn i bruk"
        SHORT = "short", "kortnamn"
        FOREIGN = "foreign", "namn på annat språk"
        PREVIOUS = "previous", "tidigare namn"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="other_names")
    name = models.CharField("namn", max_length=300)
    kind = models.CharField("slag", max_length=10, choices=Kind, default=Kind.TRADE)

    class Meta(SourcedFact.Meta):
        verbose_name = "annat namn"
        verbose_name_plural = "andra namn"
        ordering = ["pk"]
        constraints = [
            *SourcedFact.Meta.constraints,
            models.UniqueConstraint(fields=["organisation", "name"], name="one_row_per_other_name"),
        ]

    def __str__(self) -> str:
        return self.name
