"""A membership ends, rests or holds again: by the member's own wish, or by a person's decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from tests.people import person
from tests.web.members import register
from tests.web.members.own_file import correspondence
from tests.web.pages import check_page

from pakten.accounts.models import Role
from pakten.audit.models import Entry
from pakten.decisions.models import Decision
from pakten.decisions.queries.reports import not_reported
from pakten.decisions.refusals import DecisionRefused
from pakten.decisions.services import agree, send_back
from pakten.letters.models import OutboxMessage
from pakten.members.models import (
    LeavingReason,
    MatterKind,
    MatterState,
    Membership,
    MembershipMatter,
    Message,
    MessageDirection,
    MessageKind,
    State,
)
from pakten.members.policies.ending import LEADS_TO
from pakten.members.services import StateChange, change_state
from pakten.members.services.corrections import Settlement, Verdict, settle
from pakten.members.services.membership_ending import (
    Leaving,
    MatterFacts,
    decide_matter,
    leave,
    propose_matter,
    withdraw_matter,
)
from pakten.organisations.refusals import ChangedMeanwhile, Refused
from pakten.records.models import Record
from pakten.records.refusals import RecordsRefused
from pakten.records.services import declare_conflict

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]
TODAY = timezone.localdate


def proposed(membership: Membership, kind: MatterKind = MatterKind.END, **more: str) -> MembershipMatter:
    reason = LeavingReason.NO_CONTACT.value if kind is MatterKind.END else ""
    facts = MatterFacts(kind, "Vi når inte organisationen.", more.get("leaving_reason", reason))
    return propose_matter(
        membership, facts, actor=person(Role.CASE_OFFICER), expected_version=membership.version
    )


def fresh(membership: Membership) -> Membership:
    return Membership.objects.get(pk=membership.pk)


def ended_by_two(membership: Membership, **more: str) -> Decision:
    decision = decide_matter(proposed(membership, **more), actor=person(Role.MANAGER))
    agree(decision, actor=person(Role.DIRECTOR), expected_version=decision.version)
    decision.refresh_from_db()
    return decision


# ---- L-01: a named person with the right decides -------------------------------------------------------


@pytest.mark.parametrize("state", [State.ENDED, State.DORMANT])
@pytest.mark.parametrize("reason", ["", *sorted(set(LeavingReason.values) - {"own_wish"})])
@pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.MANAGER, Role.ADMINISTRATOR])
def test_l01_no_state_changes_without_a_decision(state: State, reason: str, role: Role) -> None:
    """L-01: whoever asks, whatever the reason, a membership is not ended or paused without a decision."""
    member = register.member()
    change = StateChange(state, TODAY(), leaving_reason=reason if state is State.ENDED else "")
    with pytest.raises(PermissionDenied):
        change_state(member, change, actor=person(role), reason="regel", expected_version=1)
    assert fresh(member).state == State.ACTIVE


def test_l01_the_engine_is_nobody_and_decides_nothing() -> None:
    """L-01: a call without a person is refused, also in the name of a decision."""
    member = register.member()
    matter = proposed(member)
    for nobody in (None, AnonymousUser()):
        with pytest.raises(PermissionDenied):
            decide_matter(matter, actor=nobody)  # type: ignore[arg-type]
        with pytest.raises(PermissionDenied):
            leave(member, Leaving(TODAY()), actor=nobody, expected_version=1)  # type: ignore[arg-type]
    assert not Decision.objects.exists() and fresh(member).state == State.ACTIVE


def test_l01_a_decision_about_another_member_or_of_another_kind_is_no_ground() -> None:
    """L-01: a decision holds for what it says and nothing else; one that waits holds for nothing."""
    one, other = register.member("Eken AB"), register.member("Granen AB")
    pause = decide_matter(proposed(one, MatterKind.PAUSE), actor=person(Role.MANAGER))
    waiting = decide_matter(proposed(other), actor=person(Role.MANAGER))
    cases = [
        (other, StateChange(State.DORMANT, TODAY(), pause)),
        (one, StateChange(State.ENDED, TODAY(), pause, "no_contact")),
        (other, StateChange(State.ENDED, TODAY(), waiting, "no_contact")),
    ]
    for member, change in cases:
        member.refresh_from_db()
        with pytest.raises(PermissionDenied):
            change_state(
                member, change, actor=person(Role.MANAGER), reason="x", expected_version=member.version
            )


@pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.ADMINISTRATOR, Role.REGISTRAR, Role.AUDITOR])
def test_l01_only_those_in_the_delegation_order_decide(role: Role) -> None:
    member = register.member()
    with pytest.raises(PermissionDenied):
        decide_matter(proposed(member), actor=person(role))
    assert fresh(member).state == State.ACTIVE


# ---- L-02: what a delegated decision carries -----------------------------------------------------------


@pytest.mark.parametrize("kind", list(MatterKind))
def test_l02_each_decision_carries_item_board_person_day_and_number(kind: MatterKind) -> None:
    """L-02: item, board, decider, date, registry number, and it waits to be reported to the board."""
    member = register.member()
    if kind is MatterKind.RESUME:
        register.made_dormant(member)
    decision = decide_matter(proposed(member, kind), actor=person(Role.MANAGER))
    if kind is MatterKind.END:
        assert fresh(member).state == State.ACTIVE
        agree(decision, actor=person(Role.DIRECTOR), expected_version=decision.version)
        decision.refresh_from_db()
    state, decision_kind = LEADS_TO[kind]
    assert fresh(member).state == state
    assert (decision.kind, decision.decided_by.username) == (decision_kind, "cecilia")
    assert decision.item.number and decision.board and decision.record and decision.record.number
    assert decision in not_reported()
    assert MembershipMatter.objects.get(pk=int(decision.subject_id)).state == MatterState.IN_FORCE


def test_an_end_keeps_its_reason_and_day_and_the_member_is_told() -> None:
    member = register.member(email="info@eken.example")
    ended_by_two(member)
    found = fresh(member)
    assert (found.leaving_reason, found.ended_on) == (LeavingReason.NO_CONTACT, TODAY())
    sent = OutboxMessage.objects.get(about=f"members.membership:{member.pk}")
    assert sent.to_address == "info@eken.example" and sent.attached
    entry = Entry.objects.get(action="members.membership.ended")
    assert entry.before and entry.after
    assert (entry.before["state"], entry.after["leaving_reason"]) == ("active", "no_contact")


def test_what_speaks_against_the_member_needs_somebody_who_did_not_prepare() -> None:
    member = register.member()
    facts = MatterFacts(MatterKind.END, "Kravet är inte uppfyllt.", LeavingReason.REQUIREMENT)
    matter = propose_matter(member, facts, actor=person(Role.MANAGER), expected_version=member.version)
    with pytest.raises(RecordsRefused):
        decide_matter(matter, actor=person(Role.MANAGER))
    assert fresh(member).state == State.ACTIVE


def test_sent_back_it_can_be_decided_again() -> None:
    member = register.member()
    matter = proposed(member)
    decision = decide_matter(matter, actor=person(Role.MANAGER))
    with pytest.raises(Refused, match="väntar på en andra person"):
        withdraw_matter(matter, actor=person(Role.CASE_OFFICER), reason="x", expected_version=matter.version)
    send_back(decision, actor=person(Role.DIRECTOR), expected_version=decision.version, reason="Ring först.")
    again = decide_matter(matter, actor=person(Role.MANAGER))
    agree(again, actor=person(Role.DIRECTOR), expected_version=again.version)
    assert fresh(member).state == State.ENDED


def test_the_same_press_decides_once() -> None:
    member, press = register.member(), uuid4()
    matter = proposed(member, MatterKind.PAUSE)
    first = decide_matter(matter, actor=person(Role.MANAGER), submission=press)
    assert decide_matter(matter, actor=person(Role.MANAGER), submission=press) == first
    matter.refresh_from_db()
    with pytest.raises(Refused, match="redan"):
        decide_matter(matter, actor=person(Role.MANAGER))


def test_one_proposal_at_a_time_and_only_what_the_state_allows() -> None:
    member = register.member()
    proposed(member)
    member.refresh_from_db()
    with pytest.raises(Refused, match="redan ett förslag"):
        proposed(member, MatterKind.PAUSE)
    with pytest.raises(Refused, match="Medlemskapet gäller redan"):
        proposed(register.member("Granen"), MatterKind.RESUME)


@pytest.mark.parametrize("reason", ["", "own_wish", "merged", "something"])
def test_an_end_needs_a_reason_that_can_be_proposed(reason: str) -> None:
    with pytest.raises(Refused, match="Välj varför"):
        proposed(register.member(), leaving_reason=reason)


def test_a_member_that_left_meanwhile_stops_the_decision() -> None:
    member = register.member()
    matter = proposed(member, MatterKind.PAUSE)
    member.refresh_from_db()
    register.left(member, TODAY())
    with pytest.raises(RecordsRefused):
        decide_matter(matter, actor=person(Role.MANAGER))
    assert not Decision.objects.exists()


def test_own_wish_takes_back_what_was_proposed_and_a_decision_that_waits() -> None:
    """L-01: who leaves by its own wish leaves nothing behind that somebody could still agree with."""
    member, hanna = register.member(), register.officer()
    matter = proposed(member, leaving_reason="requirement")
    decision = decide_matter(matter, actor=person(Role.MANAGER))
    assert decision.state == "awaiting_second"
    member.refresh_from_db()
    case = leave(member, Leaving(TODAY()), actor=hanna, expected_version=member.version)
    for row in (matter, decision):
        row.refresh_from_db()
    assert (matter.state, decision.state) == (MatterState.WITHDRAWN, "withdrawn")
    assert case.registry_no in decision.second_reason and decision.record is None
    matter.case.refresh_from_db()
    assert matter.case.state == "closed" and fresh(member).leaving_reason == "own_wish"
    with pytest.raises(DecisionRefused, match="återtaget"):
        agree(decision, actor=person(Role.DIRECTOR), expected_version=decision.version)
    assert Entry.objects.filter(action="members.matter.withdrawn", reason__contains=case.registry_no).exists()


def test_a_wish_is_not_called_done_before_the_membership_has_ended(signed_in_client: SignIn) -> None:
    """L-03: the wish is in the diary once, also for who goes by the message's page first."""
    row = correspondence.contact_as(person(Role.MEMBER_CONTACT))
    wish = correspondence.incoming(row, "Vi lägger ned.", kind=MessageKind.LEAVING)
    hanna, member = register.officer(), Membership.objects.get()
    done = Settlement(Verdict.BY_HAND, uuid4())
    with pytest.raises(Refused, match="Avsluta medlemskapet först"):
        settle(wish, done, actor=hanna, expected_version=wish.version)
    page = signed_in_client(Role.CASE_OFFICER).get(f"/meddelanden/{wish.pk}/").content.decode()
    assert "Avsluta medlemskapet</a> på egen begäran" in page and "Utträdet är klart" not in page
    leave(member, Leaving(TODAY()), actor=hanna, expected_version=member.version)
    assert Record.objects.filter(record_type__code="withdrawal").count() == 1
    wish.refresh_from_db()
    assert wish.settled_at is not None


def test_conflict_of_interest_closes_the_matter(signed_in_client: SignIn) -> None:
    """L-17: whoever has a conflict of interest in the case neither sees nor withdraws the proposal."""
    matter, hanna = proposed(register.member()), person(Role.CASE_OFFICER)
    declare_conflict(matter.case, hanna, actor=hanna, reason="Min bror äger bolaget.")
    with pytest.raises(PermissionDenied):
        withdraw_matter(matter, actor=hanna, reason="x", expected_version=matter.version)
    assert signed_in_client(Role.CASE_OFFICER).get(f"/medlemmar/arenden/{matter.pk}/").status_code == 403


# ---- Own wish: execution -------------------------------------------------------------------------------


def test_own_wish_is_execution_registered_and_answered() -> None:
    """L-03: the wish is in the diary at once; no decision is made."""
    member = register.member(email="info@eken.example")
    case = leave(member, Leaving(TODAY(), "Vi hinner inte."), actor=register.officer(), expected_version=1)
    found = fresh(member)
    assert (found.state, found.leaving_reason, found.leaving_note) == ("ended", "own_wish", "Vi hinner inte.")
    record = Record.objects.get(case=case, record_type__code="withdrawal")
    assert record.sender_or_recipient == str(member.organisation) and record.number
    assert OutboxMessage.objects.get(case=case).to_address == "info@eken.example"
    assert not Decision.objects.exists()


def test_a_wish_that_the_member_sent_in_is_the_ground() -> None:
    member = register.member()
    earlier = proposed(register.member("Granen")).case
    Message.objects.create(
        organisation=member.organisation,
        case=earlier,
        direction=MessageDirection.IN,
        kind=MessageKind.LEAVING,
        text="Vi vill lämna.",
        author_name="Kim",
    )
    assert leave(member, Leaving(TODAY()), actor=register.officer(), expected_version=1) == earlier
    assert not Record.objects.filter(record_type__code="withdrawal").exists()


def test_leaving_settles_the_member_s_own_request_and_ends_its_case() -> None:
    """L-03: one step of the officer's: the request is registered once, settled, and its case is closed."""
    row = correspondence.contact_as(person(Role.MEMBER_CONTACT))
    first = correspondence.incoming(row, "Vi lägger ned.", kind=MessageKind.LEAVING)
    again = correspondence.incoming(row, "Har ni sett vår begäran?", kind=MessageKind.LEAVING)
    other = correspondence.incoming(row, "Tack för den här tiden.")
    member, hanna = Membership.objects.get(), register.officer()
    case = leave(member, Leaving(TODAY()), actor=hanna, expected_version=member.version)
    for wish in (first, again):
        wish.refresh_from_db()
        assert wish.settled_by == hanna and wish.settled_how.startswith(
            "Medlemskapet är avslutat. Sista dagen"
        )
        assert wish.case is not None and wish.case.state == "closed"
    assert again.case == case and Record.objects.filter(record_type__code="withdrawal").count() == 2
    other.refresh_from_db()
    assert other.settled_at is None and other.case is not None and other.case.state == "open"
    assert OutboxMessage.objects.filter(case=case).exists()


def test_a_case_in_which_the_city_still_asks_stays_open() -> None:
    row = correspondence.contact_as(person(Role.MEMBER_CONTACT))
    wish = correspondence.incoming(row, "Vi lägger ned.", kind=MessageKind.LEAVING)
    asked = correspondence.question(row)
    Message.objects.filter(pk=asked.pk).update(case=wish.case)
    member = Membership.objects.get()
    case = leave(member, Leaving(TODAY()), actor=register.officer(), expected_version=member.version)
    case.refresh_from_db()
    assert case == wish.case and case.state == "open"


def test_days_that_can_not_be() -> None:
    member = register.member(joined=date(2020, 3, 1))
    for day, why in ((TODAY() + timedelta(days=1), "framåt"), (date(2020, 2, 29), "tidigare")):
        with pytest.raises(Refused, match=why):
            leave(member, Leaving(day), actor=register.officer(), expected_version=1)
    with pytest.raises(ChangedMeanwhile):
        leave(member, Leaving(TODAY()), actor=register.officer(), expected_version=7)
    assert not Record.objects.exists()


# ---- Pages ---------------------------------------------------------------------------------------------


def test_from_the_member_s_page_to_a_decision(signed_in_client: SignIn) -> None:
    officer, manager = signed_in_client(Role.CASE_OFFICER), signed_in_client(Role.MANAGER)
    member = register.member()
    address = f"/medlemmar/{member.organisation.public_id}/"
    assert f"{address}avsluta/" in officer.get(address).content.decode()
    page = officer.get(f"{address}avsluta/")
    check_page(page)
    typed = {"version": 1, "kind": "pause", "reasons": "Organisationen bygger om."}
    done = officer.post(f"{address}avsluta/", typed, follow=True)
    check_page(done)
    assert "Besluta som föreslaget" not in done.content.decode()
    matter = MembershipMatter.objects.get()
    shown = manager.get(f"/medlemmar/arenden/{matter.pk}/")
    check_page(shown)
    assert "Besluta som föreslaget" in shown.content.decode()
    decided = manager.post(
        f"/medlemmar/arenden/{matter.pk}/besluta/", {"submission": str(uuid4())}, follow=True
    )
    assert "Beslutet gäller" in decided.content.decode()
    assert f"/medlemmar/arenden/{matter.pk}/" in decided.content.decode()
    assert fresh(member).state == State.DORMANT


def test_what_is_missing_is_said_and_what_was_typed_stays(signed_in_client: SignIn) -> None:
    client, member = signed_in_client(Role.CASE_OFFICER), register.member()
    address = f"/medlemmar/{member.organisation.public_id}/avsluta/"
    answer = client.post(address, {"version": 1, "kind": "end", "reasons": "Går inte att nå."})
    assert answer.status_code == 422 and "Går inte att nå." in answer.content.decode()
    assert "Välj varför medlemskapet ska avslutas." in answer.content.decode()
    check_page(answer)
    answer = client.post(f"{address}egen-begaran/", {"last_day": "i morgon", "note": "Hej"})
    assert answer.status_code == 422 and "Hej" in answer.content.decode()
    check_page(answer)


@pytest.mark.parametrize(
    "text",
    ["\x00", "x" * 1_000_000, "\u202eomvänt", "' OR 1=1 --", "а" * 300],
    ids=["nul", "long", "rtl", "sql", "cyrillic"],
)
def test_strange_words_never_break(signed_in_client: SignIn, text: str) -> None:
    client, member = signed_in_client(Role.CASE_OFFICER), register.member()
    address = f"/medlemmar/{member.organisation.public_id}/avsluta/"
    typed = {"version": 1, "kind": "end", "leaving_reason": text, "reasons": text, "leaving_note": text}
    assert client.post(address, typed).status_code < 500
    own = {"version": 1, "submission": text, "last_day": text, "came": "e-post", "note": text}
    assert client.post(f"{address}egen-begaran/", own).status_code < 500
    assert client.post(address, typed | {"leaving_reason": "other"}).status_code < 500


def test_withdrawn_nothing_has_happened(signed_in_client: SignIn) -> None:
    client, member = signed_in_client(Role.CASE_OFFICER), register.member()
    matter = proposed(member)
    url = f"/medlemmar/arenden/{matter.pk}/ta-tillbaka/"
    assert client.post(url, {"version": 1}).status_code == 422
    client.post(url, {"version": 1, "reason": "De svarade."})
    matter.refresh_from_db()
    assert (matter.state, fresh(member).state) == ("withdrawn", "active")
    check_page(client.get(f"/medlemmar/arenden/{matter.pk}/"))
