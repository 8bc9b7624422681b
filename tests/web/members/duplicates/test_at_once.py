"""Two officers make the same two records one in the same moment: one merge, and a sentence for the other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from tests.people import person
from tests.web.members import register

from pakten.accounts.models import Role, User
from pakten.audit.models import Entry
from pakten.members.models import Membership, State
from pakten.organisations import services
from pakten.organisations.models import Merge, Organisation
from pakten.organisations.refusals import Refused


@pytest.mark.parametrize("turned", [False, True], ids=["same-way", "each-its-own-way"])
@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_at_once_one_wins_and_the_other_is_told(turned: bool) -> None:
    """Whichever of the two each wants to keep: nothing is merged twice, and nobody waits for ever."""
    one = register.member("Ekens Snickeri AB", place="Kiruna").organisation
    other = register.member("Ekens Snickeri", place="Kiruna").organisation
    officers = [person(Role.CASE_OFFICER), person(Role.MANAGER)]
    ways = [(one.pk, other.pk), (other.pk, one.pk) if turned else (one.pk, other.pk)]

    def attempt(task: tuple[User, tuple[int, int]]) -> str:
        officer, (kept_pk, gone_pk) = task
        try:
            kept, gone = Organisation.objects.get(pk=kept_pk), Organisation.objects.get(pk=gone_pk)
            facts = services.MergeFacts(kept, gone, one.version, other.version, frozenset())
            if kept_pk != one.pk:
                facts = services.MergeFacts(kept, gone, other.version, one.version, frozenset())
            services.merge(facts, actor=officer, reason="samma styrelse")
        except Refused as refusal:
            return refusal.sentence
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as threads:
        told = sorted(threads.map(attempt, zip(officers, ways, strict=True)))
    assert told[0] == "" and told[1], told
    merged = Merge.objects.get()
    gone = Organisation.objects.get(pk=merged.gone_id)
    assert gone.merged_into_id == merged.kept_id
    assert Organisation.objects.filter(merged_into=None).count() == 1
    assert Membership.objects.exclude(state=State.ENDED).count() == 1
    assert Entry.objects.filter(action="organisations.merge.made").count() == 1
