"""L-40: the organisation is told what was found and which sources were used, sees it, and may comment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from tests.people import person
from tests.web.deviations import made, rights
from tests.web.members import register
from tests.web.members.own_file import correspondence
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role, User
from pakten.deviations import services
from pakten.deviations.models import Act, Deviation, Hearing, HearingState, Level
from pakten.deviations.queries.deviations import seen_by_organisation
from pakten.jobs.schedules import SCHEDULES
from pakten.letters.models import OutboxMessage
from pakten.members.models import Message
from pakten.members.own_file_sections import everything_known
from pakten.members.queries.own_file import papers_of, standing
from pakten.organisations.refusals import Refused
from pakten.records.models import Direction, Record

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> CheckedClient:
    client = CheckedClient()
    client.force_login(user)
    return client


def test_the_letter_names_what_was_found_and_every_source() -> None:
    """L-40: told which sources were used; L-03: the letter is in the diary."""
    deviation = made.confirmed()
    made.contact_of(deviation)
    services.add_evidence(
        deviation,
        services.Attached("register", "Uppslag", "Ingen styrelse.", "Bolagsverket", timezone.now()),  # type: ignore[arg-type]
        actor=made.officer(),
        expected_version=deviation.version,
    )
    hearing = made.told(made.fresh(deviation))
    assert any("Bolagsverket" in source for source in hearing.sources) and len(hearing.sources) == 2
    message = OutboxMessage.objects.get(about=f"deviations.deviation:{deviation.public_id}")
    assert message.record == hearing.record_out and message.case == made.fresh(deviation).case
    assert "Lämna synpunkter senast" in message.body
    assert message.attached[0]["name"].startswith("Fråga om synpunkter")
    shown = Message.objects.get(organisation=deviation.organisation)
    assert (shown.record, shown.direction) == (hearing.record_out, "out"), "it stands in the thread too"


def test_the_member_sees_it_and_comments_in_its_own_file() -> None:
    deviation = made.confirmed()
    kim = made.contact_of(deviation)
    hearing = made.told(deviation)
    client, public_id = signed_in(kim), deviation.organisation.public_id
    start = client.get(f"/min-organisation/{public_id}/").content.decode()
    assert "Lämna synpunkter på något" in start and standing(deviation.organisation).tasks
    page = client.get(f"/min-organisation/{public_id}/avvikelser/").content.decode()
    assert deviation.title in page and "Organisationens webbplats" in page
    assert deviation.assessment not in page, "our own assessment is not part of what it is told"
    address = f"/min-organisation/{public_id}/avvikelser/{deviation.public_id}/"
    form = client.get(address).context["form"]
    data = {"submission": form.initial["submission"], "text": "Stadgarna finns i menyn."}
    assert client.post(address, data).status_code == 302
    assert client.post(address, data).status_code == 302, "the same form twice is one comment"
    comment = deviation.comments.get()
    assert (comment.by, comment.hearing, comment.came) == (kim, hearing, "own_file")
    assert comment.record.direction == Direction.IN and comment.record.case == made.fresh(deviation).case
    assert Hearing.objects.get().state == HearingState.COMMENTED
    assert comment.record in papers_of(deviation.organisation), "its own paper, to read again"
    assert not standing(deviation.organisation).tasks
    sections = {filled.section.slug: filled.facts for filled in everything_known(deviation.organisation)}
    assert [fact.label for fact in sections["avvikelser"]] == ["Avvikelse"]


def test_only_its_own_contact_comments() -> None:
    deviation = made.confirmed()
    made.contact_of(deviation)
    other = person(Role.MEMBER_CONTACT, again=1)
    correspondence.contact_as(other, register.member("Annan Förening"))
    with pytest.raises(PermissionDenied):
        services.comment_as_member(deviation, made.said(), actor=other)
    with pytest.raises(PermissionDenied):
        services.comment_as_member(deviation, made.said(), actor=made.officer())
    address = f"/min-organisation/{deviation.organisation.public_id}/avvikelser/{deviation.public_id}/"
    assert signed_in(other).get(address).status_code == 404
    own = f"/min-organisation/{other.contact_set.get().organisation.public_id}" if False else ""
    assert not own and not deviation.comments.exists()


def test_a_working_note_is_not_seen() -> None:
    """L-04: what nobody has confirmed is a note, in no own file and not to be commented on."""
    deviation = made.by_machine()
    kim = made.contact_of(deviation)
    assert not seen_by_organisation(deviation.organisation).exists()
    address = f"/min-organisation/{deviation.organisation.public_id}/avvikelser/{deviation.public_id}/"
    assert signed_in(kim).get(address).status_code == 404
    with pytest.raises(Refused):
        services.comment_as_member(deviation, made.said(), actor=kim)
    # Written to, it is seen: then the organisation knows of it.
    made.told(deviation)
    assert deviation in seen_by_organisation(deviation.organisation)
    services.comment_as_member(made.fresh(deviation), made.said(), actor=kim)


def test_the_applicant_comments_behind_its_link() -> None:
    deviation, token = rights.of_applicant()
    hearing = made.told(made.fresh(deviation))
    message = OutboxMessage.objects.get(about=f"deviations.deviation:{deviation.public_id}")
    assert deviation.application is not None
    assert message.to_address == deviation.application.contact_email
    assert deviation.case == deviation.application.case, "an applicant's deviation is in its own case"
    assert not Message.objects.exists()
    client = CheckedClient()
    status = client.get(f"/ansok/{token}/").content.decode()
    assert deviation.title in status and "Lämna synpunkter" in status
    address = f"/ansok/{token}/avvikelser/{deviation.public_id}/"
    form = client.get(address).context["form"]
    answer = client.post(address, {"submission": form.initial["submission"], "text": "Vi skickar dem."})
    assert answer.status_code == 302
    assert "Vi har tagit emot era synpunkter." in client.get(f"/ansok/{token}/").content.decode()
    comment = deviation.comments.get()
    assert (comment.came, comment.by, comment.by_name) == ("link", None, deviation.application.contact_name)
    assert Hearing.objects.get(pk=hearing.pk).state == HearingState.COMMENTED
    empty = client.post(address, {"submission": form.initial["submission"], "text": ""})
    assert empty.status_code == 422
    other = made.confirmed(made.organisation("Annan Förening"))
    assert client.get(f"/ansok/{token}/avvikelser/{other.public_id}/").status_code == 404
    with pytest.raises(Refused):
        services.comment_as_applicant(other, deviation.application, said=made.said())


def test_what_came_otherwise_is_registered_by_an_officer() -> None:
    deviation = made.confirmed()
    comment = services.register_comment(deviation, made.said(by="Ann Björk"), actor=made.officer())
    assert (comment.by_name, comment.by, comment.came) == ("Ann Björk", made.officer(), "by_hand")
    assert comment.record.created_by == made.officer()
    with pytest.raises(Refused, match="Bekräfta"):
        services.register_comment(made.observation(), made.said(), actor=made.officer())
    with pytest.raises(PermissionDenied):
        services.register_comment(deviation, made.said(), actor=person(Role.AUDITOR))


def test_one_reminder_and_silence_is_noted_as_silence() -> None:
    deviation = made.confirmed()
    made.contact_of(deviation)
    hearing = made.told(deviation, days=30)
    assert services.remind_all() == 0, "too early"
    Hearing.objects.filter(pk=hearing.pk).update(answer_by=timezone.localdate() + timedelta(days=1))
    assert (services.remind_all(), services.remind_all(), services.note_silence_all()) == (1, 0, 0)
    assert OutboxMessage.objects.filter(subject__startswith="Påminnelse").count() == 1
    Hearing.objects.filter(pk=hearing.pk).update(answer_by=made.yesterday())
    assert (services.note_silence_all(), services.note_silence_all(), services.remind_all()) == (1, 0, 0)
    hearing.refresh_from_db()
    assert (hearing.state, hearing.silent_at is not None) == (HearingState.SILENT, True)
    now = made.fresh(deviation)
    assert now.level == Level.DEVIATION, "silence moves nothing"
    acts = list(now.history.values_list("act", flat=True))
    assert acts[:2] == [Act.SILENT, Act.REMINDED] and now.history.first().by is None  # type: ignore[union-attr]
    # Late is better than never.
    kim = person(Role.MEMBER_CONTACT)
    services.comment_as_member(now, made.said(), actor=kim)
    hearing.refresh_from_db()
    assert hearing.state == HearingState.COMMENTED


def test_the_clock_calls_them() -> None:
    timed = SCHEDULES["deviations.hearings"]
    assert timed.at is not None and timed.task.endswith("see_to_hearings")
    hearing = made.told(made.confirmed())
    Hearing.objects.filter(pk=hearing.pk).update(answer_by=made.yesterday())
    from pakten.deviations.tasks import see_to_hearings

    see_to_hearings.call()
    assert Hearing.objects.get().state == HearingState.SILENT


@pytest.mark.parametrize("days", [0, -1, 4000])
def test_the_last_day_is_one_that_comes(days: int) -> None:
    with pytest.raises(Refused, match="Sista dagen"):
        made.told(made.confirmed(), days=days)


def test_it_has_a_week_at_least_or_as_the_city_sets(settings: Any) -> None:
    deviation = made.confirmed()
    with pytest.raises(Refused, match="minst 7 dagar"):
        made.told(deviation, days=6)
    settings.HEARING_DAYS = 30
    with pytest.raises(Refused, match="minst 30 dagar"):
        made.told(made.fresh(deviation), days=29)
    page = signed_in(made.officer()).get(f"/avvikelser/{deviation.public_id}/")
    first = timezone.localdate() + timedelta(days=30)
    assert page.context["tell_form"].initial["answer_by"] == first, "the form proposes one that is taken"
    assert made.told(made.fresh(deviation), days=30).answer_by == first


def test_one_letter_at_a_time_and_none_when_closed() -> None:
    deviation = made.confirmed()
    made.told(deviation)
    with pytest.raises(Refused, match="väntar redan"):
        made.told(made.fresh(deviation))
    closed = made.at(Level.FIXED)
    with pytest.raises(Refused, match="avslutad"):
        made.told(closed)
    assert Deviation.objects.filter(hearings__isnull=False).count() == 1


def test_a_letter_without_address_goes_on_paper() -> None:
    made.told(made.confirmed(register.member("Utan Post AB", email="").organisation))
    assert OutboxMessage.objects.get().is_by_hand
    assert Record.objects.filter(short_content__contains="synpunkter").exists()
