"""What the demo's members have pledged, and an open campaign for new words with a mixture of answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import Role, User
from pakten.demo.dice import Dice
from pakten.members.models import Campaign, Membership, PledgeText, Recipient, TextKind
from pakten.members.queries.campaigns import recipients
from pakten.members.services.campaigns import CampaignFacts, draft_campaign, keep_figure, open_campaign
from pakten.members.services.pledge_answers import Given, answer_by_link, note_answer
from pakten.members.services.pledging import EarlierPledge, Speaker, record_earlier_pledges
from pakten.members.services.texts import (
    Publication,
    Words,
    draft_text,
    publish_first_texts,
    publish_text,
    revise_text,
)
from pakten.organisations.models import Organisation

SEED = "intyganden"
REASON = "Påhittade intyganden för demonstration"
ANSWERS, BY_TELEPHONE = 40, 3
_MESSAGE = (
    "Staden har gjort värdegrunden tydligare om tillgänglighet och om trakasserier. "
    "Det som är nytt är markerat när ni läser texten."
)
_NO = (
    "Vår styrelse möts först i januari. Fråga oss igen då.",
    "Vi kan inte lova något om våra underleverantörer.",
)


@transaction.atomic
def seed_pledges(people: list[User], *, now: datetime) -> int:
    """Publish the texts, store that every member pledged the first versions, and ask about new values.

    The letters are left to the worker. Does nothing where there is a campaign
    already; gives back how many have answered.
    """
    if not Campaign.objects.exists():
        officer, manager = _with(people, Role.CASE_OFFICER), _with(people, Role.MANAGER)
        for text in publish_first_texts(manager).values():
            record_earlier_pledges(text, list(_earlier(text)), actor=officer, reason=REASON)
        _ask(_new_values(officer=officer, manager=manager), officer=officer, today=timezone.localdate(now))
    return Recipient.objects.exclude(answer="none").count()


def _earlier(text: PledgeText) -> Iterable[EarlierPledge]:
    """One pledge for each member from the day on which it joined."""
    members = Membership.objects.exclude(joined_on=None).select_related("organisation")
    for membership in members.prefetch_related("organisation__known_persons").order_by("pk"):
        assert membership.joined_on is not None
        assert text.valid_from is not None
        day = max(membership.joined_on, text.valid_from)
        given_at = timezone.make_aware(datetime.combine(day, time(12)))
        yield EarlierPledge(membership.organisation, given_at, _speaker(membership.organisation))


def _speaker(organisation: Organisation) -> Speaker:
    person = next(iter(organisation.known_persons.all()), None)
    if person is None:
        return Speaker("Uppgift saknas", "")
    return Speaker(person.name, str(person.get_role_display()).lower())


def _new_values(*, officer: User, manager: User) -> PledgeText:
    draft = draft_text(TextKind.VALUES, actor=officer)
    body = draft.body.replace(
        "sexuell läggning eller ålder.",
        "sexuell läggning eller ålder. Vi accepterar inga trakasserier.",
    ).replace(
        "alla kan delta efter sina förutsättningar.",
        "vi gör våra lokaler och vår information tillgängliga för alla.",
    )
    revise_text(draft, Words(draft.title, body), actor=officer, expected_version=draft.version)
    today = timezone.localdate()
    publication = Publication(today, f"Påhittat beslut, AMN {today.year}/0001")
    return publish_text(draft, publication, actor=manager, expected_version=draft.version)


def _ask(text: PledgeText, *, officer: User, today: date) -> None:
    last = today + timedelta(days=21)
    facts = CampaignFacts(
        "Värdegrunden har nya ord", _MESSAGE, last, last - timedelta(days=7), last - timedelta(days=2)
    )
    campaign = draft_campaign(text, facts, actor=officer)
    open_campaign(campaign, actor=officer, expected_version=campaign.version)
    dice = Dice(SEED)
    rows = dice.shuffled(list(recipients(campaign)))
    for row in rows:
        row.campaign = campaign
    for row in [row for row in rows if row.email][:ANSWERS]:
        answer_by_link(row, _given(row, text, dice=dice))
    for row in [row for row in rows if not row.email][:BY_TELEPHONE]:
        note_answer(row, _given(row, text, dice=dice), actor=officer, reason="Påhittat telefonsamtal")
    keep_figure(campaign, actor=officer)


def _given(row: Recipient, text: PledgeText, *, dice: Dice) -> Given:
    speaker = _speaker(row.membership.organisation)
    pledges = dice.chance(0.93)
    comment = "" if pledges else dice.pick(_NO)
    return Given(pledges, Speaker(speaker.name, speaker.role or "verksamhetschef"), text.sha256, comment)


def _with(people: list[User], role: Role) -> User:
    return next(user for user in people if user.role_assignments.filter(role=role).exists())
