"""The second reader: drawn by chance that anybody can check, never the first reader, and counted honestly."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from tests.people import person
from tests.web.alerts import desk
from tests.web.checks.world import LISTED_FIRM, World
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role
from pakten.alerts import services
from pakten.alerts.models import Alert, AlertKind, AlertState, Outcome, SampleDraw
from pakten.alerts.queries.samples import sample_figure
from pakten.alerts.refusals import AlertRefused
from pakten.alerts.services.sampling import is_drawn, set_share
from pakten.checks.models import Control


def drawn_by_hand(digests: list[str], *, percent: int) -> list[str]:
    """As somebody with nothing but the receipts would do it."""
    seed = sha256("\n".join(digests).encode()).hexdigest()
    return [
        digest
        for digest in digests
        if int.from_bytes(sha256(f"{seed}{digest}".encode()).digest(), "big") * 100 < percent * 2**256
    ]


def test_the_share_is_the_share() -> None:
    digests = [sha256(str(number).encode()).hexdigest() for number in range(5000)]
    drawn = sum(is_drawn(digest, "seed", share=Decimal(2)) for digest in digests)
    assert 60 < drawn < 140
    assert not any(is_drawn(digest, "seed", share=Decimal(0)) for digest in digests)
    assert all(is_drawn(digest, "seed", share=Decimal(100)) for digest in digests)


def test_a_sample_is_drawn_read_and_counted(world: World) -> None:
    set_share(Decimal(50), actor=world.manager, version=0)
    world.take()
    for number in range(12):
        world.member(f"Grankottens förening {number}")
    world.member(LISTED_FIRM)
    run = world.run()
    controls = Control.objects.filter(run=run).order_by("pk")
    drawn = drawn_by_hand([control.receipt_sha256 for control in controls], percent=50)
    clean = {str(each.pk) for each in controls if each.receipt_sha256 in drawn and each.result == "met"}
    samples = Alert.objects.filter(kind=AlertKind.SAMPLE)
    assert {each.key for each in samples} == clean and clean, "anybody can draw again from the receipts"
    receipt = SampleDraw.objects.get(run=run)
    assert (receipt.eligible, receipt.drawn) == (12, len(clean)), "one with a likeness is not clean"
    _first_reader_is_kept_out(world, samples[0])
    _answers_are_counted(world, list(samples))


def _first_reader_is_kept_out(world: World, sample: Alert) -> None:
    assert sample.first_reader == world.officer
    with pytest.raises(PermissionDenied):
        services.judge(sample.pk, Outcome.AGREED, actor=world.officer, version=1, reason="x")
    with pytest.raises(AlertRefused):
        services.assign(sample.pk, world.officer, actor=world.manager, version=1)


def _one_does_not_open_ones_own_again(world: World, sample: Alert) -> None:
    """An answer that the first reader does not like stands until somebody else opens it."""
    now = desk.fresh(sample)
    with pytest.raises(PermissionDenied, match="Du gjorde själv kontrollen"):
        services.reopen(now.pk, "Jag hade rätt", actor=world.officer, version=now.version)
    assert desk.fresh(sample).version == now.version
    client, page = CheckedClient(), reverse("alerts:alert", args=[sample.pk])
    client.force_login(world.officer)
    assert "Öppna igen" not in client.get(page).content.decode()
    client.force_login(world.manager)
    assert "Öppna igen" in client.get(page).content.decode()


def _answers_are_counted(world: World, samples: list[Alert]) -> None:
    first, second = samples[:2]
    services.judge(first.pk, Outcome.AGREED, actor=world.manager, version=1, reason="Samma sak")
    services.judge(second.pk, Outcome.NOT_AGREED, actor=world.manager, version=1, reason="Ett namn är fel")
    figure = sample_figure()
    assert (figure.agreed, figure.not_agreed, figure.unsure) == (1, 1, 0)
    assert figure.waiting == len(samples) - 2, "what waits is never added to what agrees"
    disagreed = Alert.objects.get(kind=AlertKind.SAMPLE_DISAGREED)
    assert disagreed.first_reader == world.officer, "nor is it for the first reader to say who was right"
    _one_does_not_open_ones_own_again(world, second)
    assert (disagreed.state, disagreed.organisation) == (AlertState.OPEN, second.organisation)
    client = CheckedClient()
    client.force_login(world.officer)
    page = client.get(reverse("alerts:samples")).content.decode()
    assert "Definition:" in page and "En annan bedömning" in page
    assert SampleDraw.objects.get().seed in page
    done = client.get(reverse("alerts:inbox") + "?flik=klara&slag=sample&resultat=not_agreed")
    assert [each.pk for each in done.context["page"]] == [second.pk], "each number opens its list"


@pytest.mark.django_db
@pytest.mark.parametrize("share", ["-1", "100.1", None])
def test_a_share_is_between_nothing_and_all(share: str | None) -> None:
    with pytest.raises(AlertRefused):
        set_share(None if share is None else Decimal(share), actor=desk.manager(), version=0)
    with pytest.raises(PermissionDenied):
        set_share(Decimal(5), actor=person(Role.CASE_OFFICER), version=0)
