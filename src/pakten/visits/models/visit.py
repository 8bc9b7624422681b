"""One visit to an organisation's website: who asked for it, how it ended, where its evidence is."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

# Of the private file store, which no address leads into.
FOLDER = "visits"


class VisitState(models.TextChoices):
    """Where a visit is. A finished one is never changed; a new look is a new visit.

    A cancelled one was stopped before it was made; it holds nothing, and may be ordered anew.
    """

    WAITING = "waiting", "väntar"
    FINISHED = "finished", "gjort"
    CANCELLED = "cancelled", "avbrutet"


TRANSITIONS: dict[VisitState, frozenset[VisitState]] = {
    VisitState.WAITING: frozenset({VisitState.FINISHED, VisitState.CANCELLED}),
    VisitState.CANCELLED: frozenset({VisitState.WAITING}),
    VisitState.FINISHED: frozenset(),
}


class Made(models.TextChoices):
    """By whom a visit was made."""

    MACHINE = "machine", "maskin"
    PERSON = "person", "person"


class VisitOutcome(models.TextChoices):
    """How a visit ended: the engine's outcomes, and three of our own. Only *visited* is a website read."""

    VISITED = "visited", "Besökt"
    NO_ADDRESS = "no_address", "Ingen webbadress"
    BAD_ADDRESS = "bad_address", "Ingen riktig webbadress"
    NOT_PUBLIC = "not_public", "Adress som vi inte frågar"
    NO_SUCH_NAME = "no_such_name", "Adressen finns inte"
    NO_CONNECTION = "no_connection", "Svarar inte"
    BAD_CERTIFICATE = "bad_certificate", "Ogiltigt certifikat"
    TOO_SLOW = "too_slow", "För långsam"
    NOT_OUR_TURN = "not_our_turn", "Hann inte bli läst"
    TOO_LARGE = "too_large", "För stor sida"
    TOO_COMPLEX = "too_complex", "För invecklad sida"
    REDIRECTS = "redirects", "Skickar runt"
    BROKEN_ANSWER = "broken_answer", "Trasigt svar"
    HTTP_ERROR = "http_error", "Svarade med ett fel"
    NOT_A_PAGE = "not_a_page", "Ingen webbsida"
    ROBOTS = "robots", "Vill inte bli läst av program"
    LOGIN = "login", "Kräver inloggning"
    PARKED = "parked", "Parkerad adress"
    SOCIAL_NETWORK = "social_network", "Socialt nätverk"
    NO_TEXT = "no_text", "Ingen text utan skript"
    NOT_SEEN = "not_seen", "Gick inte att se"
    OUR_FAULT = "our_fault", "Fel hos oss"


class Whose(models.TextChoices):
    """How surely the website is the organisation's own (``vandel.website.whose``)."""

    A = "A", "Organisationsnumret står där"
    B = "B", "Namnet och orten står där"
    C = "C", "Bara namnet står där"
    D = "D", "Inget visar att den är deras"
    X = "X", "En annan organisations nummer står där"


def random_path(_visit: models.Model, _name: str) -> str:
    """Where bytes lie: outside every address, under a name that says nothing."""
    name = secrets.token_hex(20)
    return f"{FOLDER}/{name[:2]}/{name}"


class Visit(models.Model):
    """One visit. Ordered first, then made by the machine in a job or written down by a person.

    ``ordered_by`` None: the system ordered it. ``reason`` is the outcome in plain Swedish. ``signs`` are the
    marks that ``whose`` rests on: dictionaries with kind, address, text, offsets and the literal words (empty
    for a number that is a person's); ``whose_key`` is the same for the same address, level and numbers of
    others: a person's word on whose it is holds as long as they do. ``robots`` are the decisions of
    robots.txt, ``override`` an officer's decision to read start, contact and legal pages all the same.
    ``submission`` makes sending a form twice harmless. The digests are SHA-256: of the package, of
    its manifest, of all full texts and of all main texts in order. ``archive`` is empty before the visit,
    for a person's, and once it is disposed of. ``is_invented``: the site is of the demo's own making.
    """

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="visits"
    )
    made = models.CharField("gjort av", max_length=10, choices=Made, default=Made.MACHINE)
    state = models.CharField("läge", max_length=12, choices=VisitState, default=VisitState.WAITING)
    ordered_at = models.DateTimeField("beställt", auto_now_add=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    because = models.CharField("varför", max_length=300)
    round = models.ForeignKey(
        "visits.VisitRound", on_delete=models.PROTECT, null=True, blank=True, related_name="visits"
    )
    submission = models.UUIDField(null=True, blank=True, unique=True)
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    override = models.CharField("läs trots robots.txt, skäl", max_length=300, blank=True)
    address = models.CharField("adress", max_length=500, blank=True)
    at = models.DateTimeField("när", null=True, blank=True)
    ended_at = models.DateTimeField("slutade", null=True, blank=True)
    outcome = models.CharField("utfall", max_length=20, choices=VisitOutcome, blank=True)
    reason = models.TextField("skäl", blank=True)
    whose = models.CharField("vems", max_length=1, choices=Whose, blank=True)
    whose_key = models.CharField(max_length=64, blank=True, db_index=True)
    signs = models.JSONField(default=list)
    robots = models.JSONField(default=list)
    language = models.CharField("språk", max_length=2, blank=True)
    engine_version = models.CharField("motorns version", max_length=40, blank=True)
    rules_version = models.CharField("reglernas version", max_length=40, blank=True)
    is_invented = models.BooleanField("påhittad webbplats", default=False)
    archive = models.FileField(upload_to=random_path, max_length=200, blank=True)
    archive_sha256 = models.CharField("paketets kontrollsumma", max_length=64, blank=True)
    archive_length = models.PositiveBigIntegerField("storlek", default=0)
    manifest_sha256 = models.CharField("manifestets kontrollsumma", max_length=64, blank=True)
    full_sha256 = models.CharField("hela textens kontrollsumma", max_length=64, blank=True)
    main_sha256 = models.CharField("huvudtextens kontrollsumma", max_length=64, blank=True)
    dispose_after = models.DateField("gallras efter", null=True, blank=True)
    disposed_at = models.DateTimeField("gallrat", null=True, blank=True)
    disposal_decision = models.CharField("gallringsbeslut", max_length=100, blank=True)

    class Meta:
        verbose_name = "webbplatsbesök"
        verbose_name_plural = "webbplatsbesök"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["organisation", "-at"], name="visits_of_organisation"),
            models.Index(fields=["state", "outcome"], name="visits_by_outcome"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state="waiting", made="machine"),
                name="visits_one_waiting",
            ),
            models.CheckConstraint(
                condition=~Q(state="finished") | Q(at__isnull=False) & ~Q(outcome="") & ~Q(reason=""),
                name="visits_finished_has_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="visited") | ~Q(made="machine") | ~Q(whose="") & ~Q(archive_sha256=""),
                name="visits_read_has_evidence",
            ),
            models.CheckConstraint(
                condition=~Q(made="person") | Q(ordered_by__isnull=False), name="visits_person_is_named"
            ),
            models.CheckConstraint(
                condition=Q(disposed_at=None, disposal_decision="")
                | Q(disposed_at__isnull=False, archive="") & ~Q(disposal_decision=""),
                name="visits_disposal_has_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"Webbplatsbesök {self.pk}"

    @property
    def is_read(self) -> bool:
        """Whether the website was read; everything else is *could not visit*."""
        return self.outcome == VisitOutcome.VISITED

    @property
    def by_person(self) -> bool:
        return self.made == Made.PERSON

    @property
    def needs_whose(self) -> bool:
        """Whether a person must say whose website it is."""
        return self.is_read and self.whose in (Whose.D, Whose.X)
