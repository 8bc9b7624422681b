"""No file and no server may keep a worker busy for ever."""

from __future__ import annotations

import httpx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.checks.world import LIST_ID, World, list_file, parties

from pakten.checks import services
from pakten.checks.models import ListEdition, Origin
from pakten.checks.queries.lists import line_of
from pakten.checks.services import editions
from pakten.checks.services.ordering import order_reading
from vandel.errors import InputError
from vandel.lists import catalogue


def test_a_file_that_takes_too_long_to_read_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions, "READ_SECONDS", -1.0)
    with pytest.raises(InputError) as caught:
        services.take_edition(
            LIST_ID,
            list_file(world.folder, parties()),
            actor=world.officer,
            arrival=services.Arrival(Origin.IMPORTED, world.now()),
        )
    assert caught.value.code == "lists.too_slow"
    assert not ListEdition.objects.exists()


def test_a_server_that_feeds_us_for_ever_is_cut_off(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions, "FETCH_SECONDS", -1.0)
    list_id = next(source.id for source in catalogue().values() if source.address)
    transport = httpx.MockTransport(lambda request: httpx.Response(200, content=b"x" * 1000))
    with pytest.raises(InputError) as caught:
        services.fetch(list_id, actor=world.officer, client=httpx.Client(transport=transport))
    assert caught.value.code == "lists.too_slow"


def test_a_file_name_longer_than_a_disk_takes_is_no_hindrance(world: World) -> None:
    line = line_of(LIST_ID)
    assert line is not None
    named = SimpleUploadedFile(f"{'å' * 200}.xml", list_file(world.folder, parties()).read_bytes())
    job = order_reading(line, named, actor=world.officer)
    assert job.arguments["path"].endswith("å.xml")
