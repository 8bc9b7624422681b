"""The pages of the watching: what triggers what, the receipts, the order, the self-tests, the stop button."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.web.checks.world import World
from tests.web.watching.taking_up import take_up, told

from pakten.accounts.models import Role
from pakten.jobs.models import Job
from pakten.organisations.changes import ChangeKind
from pakten.watching.models import Halt, Trigger
from pakten.watching.queries.recontrols import recontrols
from pakten.watching.services.selftest import plant_and_look
from pakten.watching.services.wanting import look_around


def test_the_watching_is_told_from_trigger_to_receipt(
    world: World,
    signed_in_client: Callable[[Role], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    world.take()
    member, other = world.member("Kvintor Handel"), world.member("Velmark Torvin")
    world.run()
    Trigger.objects.all().delete()
    told(ChangeKind.REGISTER, member, because="Namnet har ändrats.")
    made = take_up()
    look_around()
    daily = take_up()
    plant_and_look(actor=None)
    client = signed_in_client(Role.CASE_OFFICER)
    with django_assert_max_num_queries(30):
        page = client.get(reverse("watching:overview")).text
    assert "Kvintor Handel" in page and "alla 3 planterade namn hittades" in page
    with django_assert_max_num_queries(30):
        order = client.get(reverse("watching:due")).text
    assert "Aldrig kontrollerad: checklistan är aldrig genomgången" in order
    assert "Namnet har ändrats." in client.get(reverse("watching:recontrols")).text
    one = client.get(reverse("watching:recontrol", args=[made.pk])).text
    assert "Kvittot är oförändrat." in one and "Kvintor Handel" in one
    file = client.get(reverse("watching:receipt_file", args=[daily.pk])).content
    assert sha256(file).hexdigest() == daily.receipt.sha256, "L-21: anybody can check it"
    assert json.loads(file)["untouched"]["members"]
    tab = client.get(reverse("members:tab", args=[other.organisation.public_id, "bevakning"])).text
    assert "omkontroll frågat alla medlemmar" in tab and "Kvittot gäller därför fortfarande" in tab
    home = client.get(reverse("core:home")).text
    assert "Självtest av kontrollen" in home and "alla hittades" in home
    assert client.post(reverse("watching:make_selftest")).status_code == 302
    assert Job.objects.get(kind="watching.selftest").title == "Självtest av kontrollen"


def test_the_stop_button_is_seen_by_all_who_work_here(
    world: World, signed_in_client: Callable[[Role], Client]
) -> None:
    client = signed_in_client(Role.ADMINISTRATOR)
    client.post(reverse("watching:press"), {"reason": ""})
    assert not Halt.objects.exists()
    client.post(reverse("watching:press"), {"reason": "Listan verkar fel."})
    told(ChangeKind.LIST)
    page = client.get(reverse("watching:overview")).text
    assert "Stoppknappen är intryckt" in page and "som ingen omkontroll har tagit upp" in page
    for role in (Role.REGISTRAR, Role.CASE_OFFICER):
        assert "Listan verkar fel." in signed_in_client(role).get(reverse("core:home")).text
    assert "Listan verkar fel." not in signed_in_client(Role.MEMBER_CONTACT).get(reverse("members:own")).text
    client.post(reverse("watching:release"), {"reason": "Rättad."})
    assert not Halt.objects.filter(active=True).exists()
    assert "Listan verkar fel." not in client.get(reverse("core:home")).text


def test_lists_of_recontrols_read_no_receipt() -> None:
    """A receipt names every member: a page of fifty would read megabytes to show fifty digests."""
    assert '"content"' not in str(recontrols().query)
    assert '"sha256"' in str(recontrols().query)
