"""The texts that members pledge themselves to: versions, publishing, and that nothing changes afterwards."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.people import person
from tests.web.members import register
from tests.web.members.pledges.ready import published_texts

from pakten.accounts.models import Role, User
from pakten.audit.models import Entry
from pakten.members.models import Pledge, PledgeText, TextKind, TextState
from pakten.members.queries.texts import draft_of, text_in_force
from pakten.members.services.pledging import Speaker, give_pledge
from pakten.members.services.texts import (
    Publication,
    Words,
    discard_text,
    draft_text,
    publish_text,
    revise_text,
)
from pakten.organisations.refusals import ChangedMeanwhile, Refused

pytestmark = pytest.mark.django_db


def new_version(kind: TextKind = TextKind.VALUES, body: str = "Nya ord.") -> PledgeText:
    return draft_text(kind, Words("Stadens värdegrund", body), actor=person(Role.CASE_OFFICER))


def publish(text: PledgeText, day: date | None = None, *, actor: User | None = None) -> PledgeText:
    facts = Publication(day or timezone.localdate(), "AMN 2026/0012, § 4")
    return publish_text(text, facts, actor=actor or person(Role.MANAGER), expected_version=text.version)


def test_a_new_installation_has_drafts_that_nobody_can_pledge() -> None:
    drafts = [draft_of(kind) for kind in TextKind]
    assert [draft.number for draft in drafts if draft] == [1, 1]
    assert all(text_in_force(kind, as_of=timezone.localdate()) is None for kind in TextKind)
    organisation = register.organisation()
    with pytest.raises(Refused):
        give_pledge(organisation, drafts[0] or PledgeText(), speaker=Speaker("Bo Ek", "ordf."), actor=None)


def test_the_first_texts_are_published_once() -> None:
    first, again = published_texts(), published_texts()
    assert first == again
    assert PledgeText.objects.filter(state=TextState.PUBLISHED).count() == 2


def test_the_digest_is_of_title_and_body_as_shown() -> None:
    text = published_texts()[TextKind.GOALS]
    assert text.sha256 == hashlib.sha256(f"{text.title}\n\n{text.body}".encode()).hexdigest()


def test_each_version_holds_from_its_day() -> None:
    today = timezone.localdate()
    first = published_texts()[TextKind.VALUES]
    second = publish(new_version(), today + timedelta(days=7))
    assert second.number == 2
    assert text_in_force(TextKind.VALUES, as_of=date(2019, 9, 15)) is None
    assert text_in_force(TextKind.VALUES, as_of=today) == first
    assert text_in_force(TextKind.VALUES, as_of=today + timedelta(days=7)) == second


def test_a_text_never_holds_backwards_in_time() -> None:
    published_texts()
    with pytest.raises(Refused, match="tidigast"):
        publish(new_version(), timezone.localdate() - timedelta(days=1))


def test_a_text_never_holds_before_the_one_that_it_follows() -> None:
    published_texts()
    publish(new_version(), timezone.localdate() + timedelta(days=30))
    with pytest.raises(Refused, match="eller en senare"):
        publish(new_version(body="Ännu nyare."), timezone.localdate() + timedelta(days=1))


def test_a_text_needs_the_paper_that_decided_it() -> None:
    published_texts()
    text = new_version()
    with pytest.raises(Refused, match="beslutet"):
        publish_text(
            text, Publication(timezone.localdate(), " "), actor=person(Role.MANAGER), expected_version=1
        )


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MANAGER, Role.DIRECTOR}))
def test_only_manager_and_director_publish(role: Role) -> None:
    published_texts()
    with pytest.raises(PermissionDenied):
        publish(new_version(), actor=person(role))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.MANAGER, Role.CASE_OFFICER}))
def test_only_officer_and_manager_write_drafts(role: Role) -> None:
    published_texts()
    with pytest.raises(PermissionDenied):
        draft_text(TextKind.GOALS, actor=person(role))


def test_a_new_draft_begins_with_the_words_in_force_and_is_the_only_one() -> None:
    first = published_texts()[TextKind.GOALS]
    draft = draft_text(TextKind.GOALS, actor=person(Role.CASE_OFFICER))
    assert (draft.title, draft.body, draft.number) == (first.title, first.body, 2)
    with pytest.raises(Refused, match="redan ett utkast"):
        draft_text(TextKind.GOALS, actor=person(Role.MANAGER))


def test_a_discarded_draft_keeps_its_number() -> None:
    published_texts()
    draft = new_version()
    discard_text(draft, actor=person(Role.MANAGER), expected_version=1)
    with pytest.raises(Refused):
        publish(draft)
    assert new_version().number == 3


def test_of_two_who_write_at_once_one_is_told() -> None:
    published_texts()
    draft = new_version()
    same = PledgeText.objects.get(pk=draft.pk)
    revise_text(draft, Words("A", "B"), actor=person(Role.CASE_OFFICER), expected_version=1)
    with pytest.raises(ChangedMeanwhile):
        revise_text(same, Words("C", "D"), actor=person(Role.MANAGER), expected_version=1)
    with pytest.raises(ChangedMeanwhile):
        publish(same)
    assert PledgeText.objects.get(pk=draft.pk).body == "B"


def test_a_published_text_is_not_revised_or_discarded() -> None:
    text = published_texts()[TextKind.GOALS]
    with pytest.raises(Refused, match="ändras inte"):
        revise_text(text, Words("A", "B"), actor=person(Role.MANAGER), expected_version=text.version)
    with pytest.raises(Refused):
        discard_text(text, actor=person(Role.MANAGER), expected_version=text.version)


@pytest.mark.parametrize("column", ["title", "body", "sha256", "state", "decided_by_paper"])
def test_the_database_itself_refuses_to_change_a_published_text(column: str) -> None:
    """L-08: what was pledged can be read as it was."""
    text = published_texts()[TextKind.VALUES]
    with pytest.raises(DatabaseError), transaction.atomic():
        PledgeText.objects.filter(pk=text.pk).update(**{column: "draft"})
    with pytest.raises(DatabaseError), transaction.atomic():
        PledgeText.objects.filter(pk=text.pk).delete()


@pytest.mark.parametrize("column", ["given_by", "role", "sha256", "identified"])
def test_the_database_itself_refuses_to_change_a_pledge(column: str) -> None:
    text = published_texts()[TextKind.VALUES]
    pledge = give_pledge(register.organisation(), text, speaker=Speaker("Bo Ek", "ordf."), actor=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        Pledge.objects.filter(pk=pledge.pk).update(**{column: "e_id"})
    with pytest.raises(DatabaseError), transaction.atomic():
        Pledge.objects.filter(pk=pledge.pk).delete()


def test_a_pledge_follows_its_organisation_when_two_records_become_one() -> None:
    text = published_texts()[TextKind.VALUES]
    pledge = give_pledge(register.organisation(), text, speaker=Speaker("Bo Ek", "ordf."), actor=None)
    other = register.organisation("Norrskenets Åkeri i Kiruna AB")
    assert Pledge.objects.filter(pk=pledge.pk).update(organisation=other) == 1


@pytest.mark.parametrize(
    ("title", "body"), [("", "Text"), ("\x00", "Text"), ("Rubrik", " \u202e "), ("R" * 201, "T")]
)
def test_words_that_cannot_stand_are_refused(title: str, body: str) -> None:
    published_texts()
    with pytest.raises(Refused):
        draft_text(TextKind.VALUES, Words(title, body), actor=person(Role.CASE_OFFICER))


def test_a_megabyte_is_refused_not_cut() -> None:
    published_texts()
    with pytest.raises(Refused, match="för lång"):
        new_version(body="ord " * 250_000)
    with pytest.raises(Refused, match="för lång"):
        new_version(body="o" * 1_000_000)


def test_each_step_has_its_entry_in_the_log() -> None:
    published_texts()
    draft = new_version()
    revise_text(draft, Words("A", "B"), actor=person(Role.CASE_OFFICER), expected_version=1)
    publish(draft)
    told = Entry.objects.filter(object_type="members.pledgetext", object_id=str(draft.pk))
    actions = [entry.action for entry in told.order_by("sequence")]
    assert actions == ["members.text.drafted", "members.text.revised", "members.text.published"]
