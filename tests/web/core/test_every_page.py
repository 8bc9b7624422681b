"""Every page that a link leads to, for every role, in the demo after a control of the whole network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from tests.people import person, sign_in
from tests.web.crawl import pages
from tests.web.pages import check_page

from pakten.accounts.models import Role, User
from pakten.checks.services.runs import start

MOST_QUERIES = 30


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_every_link_leads_to_a_well_made_page_within_thirty_queries(
    settings, tmp_path: Path, run_jobs: Callable[[], None]
) -> None:
    settings.DEMO = True
    settings.LIST_STORE = tmp_path
    call_command("demo")
    start(actor=User.objects.filter(role_assignments__role=Role.CASE_OFFICER).first())
    run_jobs()
    faults: list[str] = []
    for role in Role:
        faults += [f"{role}: {fault}" for fault in faults_for(person(role))]
    assert not faults, "\n".join(faults)


def faults_for(user: User) -> list[str]:
    client = Client()
    sign_in(client, user)
    faults: list[str] = []

    def get(address: str) -> str | None:
        # The connection keeps the latest 9000 only, and the whole walk makes more.
        reset_queries()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address, follow=True)
        if response.status_code != 200:
            faults.append(f"{address} answers {response.status_code}")
            return None
        if len(queries) > MOST_QUERIES and not is_download(response):
            faults.append(f"{address} makes {len(queries)} queries")
        try:
            soup = check_page(response)
        except AssertionError as fault:
            faults.append(str(fault))
            return None
        return response.content.decode() if soup else None

    seen = {resolve(address.split("?")[0]).view_name for address in pages(get)}
    assert "core:home" in seen
    return faults


def is_download(response) -> bool:
    return response.streaming or "attachment" in response.get("Content-Disposition", "")
