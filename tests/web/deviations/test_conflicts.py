"""L-17: whoever has a conflict of interest about an organisation sees and does nothing of its deviations."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from tests.web.deviations import made, rights
from tests.web.pages import CheckedClient

from pakten.accounts.models import User
from pakten.decisions.refusals import DecisionRefused
from pakten.deviations import services
from pakten.deviations.models import Deviation, Level
from pakten.records.models import Case
from pakten.records.services import declare_conflict, lift_conflict

pytestmark = pytest.mark.django_db


def jav(case: Case | None, user: User) -> None:
    assert case is not None
    declare_conflict(case, user, actor=user, reason="Min syster leder organisationen.")


def page(user: User, address: str) -> str:
    client = CheckedClient()
    client.force_login(user)
    answer = client.get(address)
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def test_nothing_is_seen_or_done() -> None:
    deviation = made.confirmed()
    observed = made.observation(title="En iakttagelse utan ärende")
    proposal = made.proposed(deviation, Level.ESCALATED)
    other = made.confirmed(made.organisation("Annan Förening"), title="Annat ärende")
    jav(deviation.case, made.manager())
    listed = page(made.manager(), "/avvikelser/")
    assert other.title in listed
    assert deviation.title not in listed and observed.title not in listed, "the whole organisation"
    assert page(made.manager(), f"/avvikelser/{deviation.public_id}/") == "403"
    assert page(made.manager(), f"/avvikelser/{observed.public_id}/") == "403"
    tab = page(made.manager(), f"/medlemmar/{deviation.organisation.public_id}/avvikelser/")
    assert deviation.title not in tab and "jävig" in tab
    client = Client()
    client.force_login(made.manager())
    assert deviation.title not in client.get("/avvikelser/export/csv/").content.decode()
    for act in (
        lambda: made.stepped(made.fresh(deviation), Level.FIXED, made.manager()),
        lambda: made.decided(proposal, made.manager()),
        lambda: services.note(deviation.organisation, made.found(), actor=made.manager()),
        lambda: services.register_comment(deviation, made.said(), actor=made.manager()),
    ):
        with pytest.raises(PermissionDenied):
            act()
    lift_conflict(deviation.case.conflicts.get(), actor=made.director(), reason="Fel.")  # type: ignore[union-attr]
    assert deviation.title in page(made.manager(), "/avvikelser/")


def test_a_conflict_in_the_application_closes_the_deviation_too() -> None:
    deviation, _token = rights.of_applicant()
    assert deviation.application is not None
    jav(deviation.application.case, made.manager())
    with pytest.raises(PermissionDenied):
        made.proposed(made.fresh(deviation), Level.ESCALATED, made.manager())
    assert Deviation.objects.count() == 1


def test_what_a_person_with_a_conflict_proposed_is_not_decided() -> None:
    deviation = made.confirmed()
    proposal = made.proposed(deviation, Level.ESCALATED)
    jav(made.fresh(deviation).case, made.officer())
    with pytest.raises(DecisionRefused, match="jävig"):
        made.decided(proposal)
