"""The demo's Kim: a question to answer, a correction under way, and pages that are well made."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.crawl import pages
from tests.web.pages import CheckedClient

from pakten.accounts.models import User
from pakten.members.models import Message, MessageKind
from pakten.members.policies.own_file import contacts_held_by
from pakten.members.queries.own_file import standing
from pakten.organisations.models import ContactPerson


@pytest.mark.slow
@pytest.mark.django_db
def test_kims_pages_are_well_made_and_quick(settings, tmp_path: Path) -> None:
    settings.DEMO = True
    settings.LIST_STORE = tmp_path
    call_command("demo")
    kim = User.objects.get(username="kim")
    assert ContactPerson.objects.count() >= 60
    (held,) = contacts_held_by(kim)
    now = standing(held.organisation)
    assert now.questions and now.campaigns, "something to do"
    assert Message.objects.filter(kind=MessageKind.CORRECTION, settled_at=None).exists()
    client = CheckedClient()
    client.force_login(kim)
    seen = []

    def get(address: str) -> str | None:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        assert len(queries) <= 30 or answer.redirect_chain, (address, len(queries))
        seen.append(address)
        return answer.content.decode() if answer["Content-Type"].startswith("text/html") else None

    list(pages(get, samples=1))
    assert len([each for each in seen if each.startswith("/min-organisation/")]) >= 10
