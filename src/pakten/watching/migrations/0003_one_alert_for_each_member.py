"""What one alert said of several members becomes one for each of them.

Only what is open: an answer that was given for several at once stays as it was given, and can't be opened
again. The history of each says where it came from; a date and whoever had it go with it, a proposal or a
pause doesn't, since it was about all.
"""

from django.db import migrations
from django.utils import timezone

KINDS = ("register_change", "site_change", "evidence_expired")
GATHERED = "watching:recontrol:"
SPLIT = "Uppdelad: nu finns en för varje medlem, så att varje bedömning gäller en medlem."
FROM = "Stod förut i en gemensam rad för flera medlemmar."


def split(apps, schema_editor):
    """Begin one for each member of every gathered one that is open, and close that."""
    alerts = apps.get_model("alerts", "Alert").objects
    rows = alerts.filter(kind__in=KINDS, organisation=None, key__startswith=GATHERED)
    for old in rows.exclude(state="closed").order_by("pk"):
        members = _members(apps, old)
        # One that names nobody stays open: nothing that waits is hidden.
        if members:
            for organisation, because in members:
                _begin(apps, old, organisation=organisation, because=because)
            _close(apps, old)


def _members(apps, old):
    """Each organisation that was compared anew, with what the receipt says was told of it alone."""
    receipts = apps.get_model("watching", "RecontrolReceipt").objects
    receipt = receipts.filter(recontrol=int(old.key.removeprefix(GATHERED))).first()
    told = {row["member"]: row["because"][0] for row in receipt.content["touched"]} if receipt else {}
    found = apps.get_model("organisations", "Organisation").objects.filter(public_id__in=told)
    return [(organisation, told[organisation.public_id]) for organisation in found.order_by("pk")]


def _begin(apps, old, *, organisation, because):
    words = apps.get_model("alerts", "Alert")._meta.get_field("kind").choices
    alert = apps.get_model("alerts", "Alert").objects.create(
        kind=old.kind,
        key=f"watching:{organisation.public_id}:{old.key.removeprefix('watching:')}",
        organisation=organisation,
        title=f"{organisation.legal_name}: {dict(words)[old.kind].lower()}"[:300],
        about={"url": old.about.get("url", "")},
        because=because,
        raised_at=old.raised_at,
        due_on=old.due_on,
        assigned_to=old.assigned_to,
        boosted_at=timezone.now(),
        boosted_because="Uppdelad på varje medlem",
    )
    _step(apps, alert, "raised", f"{because} {FROM}")


def _close(apps, old):
    apps.get_model("alerts", "Alert").objects.filter(pk=old.pk).update(
        state="closed",
        outcome="settled",
        outcome_because=SPLIT,
        closed_at=timezone.now(),
        version=old.version + 1,
        snoozed_until=None,
        boosted_at=None,
        boosted_because="",
        needed="",
        needed_from="",
        needed_by=None,
        proposal="",
        proposed_because="",
        proposed_by=None,
    )
    _step(apps, old, "settled", SPLIT)


def _step(apps, alert, act, words):
    apps.get_model("alerts", "AlertStep").objects.create(
        alert_id=alert.pk, act=act, at=timezone.now(), words=words
    )


class Migration(migrations.Migration):
    dependencies = [
        ("watching", "0002_triggers"),
        ("alerts", "0003_websites_to_read"),
    ]
    operations = [migrations.RunPython(split, migrations.RunPython.noop)]
