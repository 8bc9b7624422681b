"""The second reader: some of the controls that found nothing are drawn for another person to look at.

The draw can be made again by anybody who has the run's receipts (:class:`pakten.alerts.models.SampleDraw`).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from hashlib import sha256

from django.db import transaction
from django.urls import reverse

from pakten.accounts.models import User
from pakten.alerts import policies
from pakten.alerts.models import DEFAULT_SHARE, MOST_SHARE, AlertKind, SampleDraw, SampleRule
from pakten.alerts.refusals import AlertRefused, Overtaken
from pakten.alerts.services.raising import open_alert
from pakten.audit.services import record
from pakten.checks.models import Control, ControlResult, ControlRun
from pakten.core.refusals import changed_meanwhile
from pakten.core.templatetags.formats import moment, plural
from pakten.core.versions import write_version

_LARGEST = 2**256
_BECAUSE = "Utvald av slumpen: en andra person ser efter om kontrollen stämmer."


def draw(run: ControlRun) -> None:
    """Draw from a run that has finished, in its transaction; once for each run."""
    clean = list(_clean(run))
    rule = sample_rule()
    seed = seed_of(run.controls.order_by("pk").values_list("receipt_sha256", flat=True))
    chosen = [
        control for control in clean if is_drawn(control.receipt_sha256, seed, share=rule.share_percent)
    ]
    receipt = SampleDraw.objects.create(
        run=run, seed=seed, share_percent=rule.share_percent, eligible=len(clean), drawn=len(chosen)
    )
    for control in chosen:
        _ask_for(control, run)
    after = {"run": run.pk, "seed": seed, "share_percent": str(rule.share_percent)}
    counts = {"eligible": receipt.eligible, "drawn": receipt.drawn}
    record("alerts.sample.drawn", receipt, actor=None, after=after | counts)


def seed_of(digests: Iterable[str]) -> str:
    """The seed of a draw: the SHA-256 of the receipts' digests, in the order of the controls."""
    return sha256("\n".join(digests).encode()).hexdigest()


def is_drawn(digest: str, seed: str, *, share: Decimal) -> bool:
    """Whether the control with this digest is drawn; each by itself, so that one can be checked alone."""
    place = int(sha256((seed + digest).encode()).hexdigest(), 16)
    return place * 100 < share * _LARGEST


def sample_rule() -> SampleRule:
    """The rule in force."""
    return SampleRule.objects.filter(pk=1).first() or SampleRule(pk=1, share_percent=DEFAULT_SHARE, version=0)


@transaction.atomic
def set_share(share: Decimal | None, *, actor: User | None, version: int) -> SampleRule:
    """Change the share for draws from now on.

    Raises PermissionDenied, AlertRefused (also for None, which is no share) or Overtaken.
    """
    person = policies.check_keeps_rules(actor)
    if share is None or not 0 <= share <= MOST_SHARE:
        raise AlertRefused("Andelen ska vara mellan 0 och 100 procent.")
    SampleRule.objects.get_or_create(pk=1, defaults={"version": 0})
    rule = SampleRule.objects.get(pk=1)
    before = rule.share_percent
    if not write_version(rule, version, share_percent=share):
        raise Overtaken(changed_meanwhile("andelen"))
    record(
        "alerts.sample.rule_changed",
        rule,
        actor=person,
        before={"share_percent": str(before)},
        after={"share_percent": str(share)},
    )
    return rule


def _clean(run: ControlRun) -> Iterable[Control]:
    """The run's controls that met the requirement without any likeness: nobody has looked at them."""
    rows = run.controls.filter(result_at_run=ControlResult.MET, likenesses=None)
    return rows.select_related("membership__organisation").defer("receipt").order_by("pk")


def _ask_for(control: Control, run: ControlRun) -> None:
    organisation = control.membership.organisation
    address = reverse("checks:receipt", args=[control.pk])
    compared = len(control.items)
    open_alert(
        AlertKind.SAMPLE,
        str(control.pk),
        organisation=organisation,
        title=f"Stickprov: kontrollen av {organisation}"[:300],
        because=_BECAUSE,
        first_reader=run.started_by,
        facts=[
            ["Kontrollerad", moment(control.made_at)],
            ["Startad av", str(run.started_by or "Systemet, efter en ändring")],
            ["Resultat vid kontrollen", control.get_result_at_run_display()],
            ["Jämförelser", plural(compared, "jämförelse,jämförelser")],
            ["Kvittots kontrollsumma", control.receipt_sha256],
        ],
        about={"url": address, "control": control.pk},
    )
