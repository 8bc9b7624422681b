"""Planned rows carried out through the services, each with a receipt from which it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pakten.accounts.models import User
from pakten.members.imports.planning import RowPlan
from pakten.members.models import CollectiveAgreement, Membership
from pakten.members.services import many
from pakten.members.services import membership as memberships
from pakten.members.services.membership import MembershipFacts
from pakten.organisations import services as organisations
from pakten.organisations.facts import FactSource, OrganisationFacts
from pakten.organisations.models import Organisation, OrganisationName

SOURCE_COLUMNS = ("source", "source_where", "recorded_at", "sha256")
Receipt = dict[str, Any]


def apply(plan: RowPlan, *, actor: User, source: FactSource) -> Receipt:
    """Do what the plan says to an organisation that is in the register.

    Raises Refused (ChangedMeanwhile) when the register is no longer as planned.
    """
    organisation = plan.organisation
    assert organisation is not None
    receipt: Receipt = {}
    if plan.organisation_changes or plan.persons or plan.other_names:
        receipt["organisation"] = _change(plan, organisation, actor=actor, source=source)
    if plan.membership is None:
        facts = MembershipFacts(**plan.membership_changes)
        membership = memberships.admit(organisation, facts, actor=actor, reason=source.what)
        receipt["membership"] = {"pk": membership.pk, "created": True, "version": membership.version}
    elif plan.membership_changes:
        receipt["membership"] = _change_membership(plan, plan.membership, actor=actor, reason=source.what)
    return receipt


def apply_new(plans: Sequence[RowPlan], *, actor: User, source: FactSource) -> list[Receipt]:
    """Store the organisations that are not in the register yet, and their memberships. Raises Refused."""
    facts = [
        OrganisationFacts(**plan.organisation_changes, persons=plan.persons, other_names=plan.other_names)
        for plan in plans
    ]
    stored = organisations.create_organisations(facts, actor=actor, source=source)
    periods = [MembershipFacts(**plan.membership_changes) for plan in plans]
    pairs = list(zip(stored, periods, strict=True))
    begun = many.admit_many(pairs, actor=actor, reason=source.what)
    return [
        {
            "organisation": {"pk": row.pk, "created": True, "version": row.version},
            "membership": {"pk": membership.pk, "created": True, "version": membership.version},
        }
        for row, membership in zip(stored, begun, strict=True)
    ]


def _change(plan: RowPlan, organisation: Organisation, *, actor: User, source: FactSource) -> Receipt:
    columns = (*plan.organisation_changes, *SOURCE_COLUMNS) if plan.organisation_changes else ()
    before = plain({name: getattr(organisation, name) for name in columns})
    names = _names(organisation)
    organisations.change_organisation(
        organisation,
        plan.organisation_changes,
        actor=actor,
        source=source,
        expected_version=organisation.version,
    )
    persons = organisations.add_known_persons(organisation, plan.persons, actor=actor, source=source)
    for name in plan.other_names:
        kind = OrganisationName.Kind.TRADE
        organisations.add_name(organisation, name, kind=kind, actor=actor, source=source)
    return {
        "pk": organisation.pk,
        "version": organisation.version,
        "before": before,
        "persons": [person.pk for person in persons],
        "names": sorted(_names(organisation) - names),
    }


def _change_membership(plan: RowPlan, membership: Membership, *, actor: User, reason: str) -> Receipt:
    changes = plan.membership_changes
    before = plain({name: getattr(membership, name) for name in {*changes, "ended_on"}})
    if "joined_on" in changes:
        memberships.correct_joined_on(
            membership,
            changes["joined_on"],
            actor=actor,
            reason=reason,
            expected_version=membership.version,
        )
    if "collective_agreement" in changes:
        memberships.change_agreement(
            membership,
            CollectiveAgreement(changes["collective_agreement"]),
            actor=actor,
            reason=reason,
            expected_version=membership.version,
        )
    return {"pk": membership.pk, "version": membership.version, "before": before}


def plain(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Column values as JSON can hold them; ``to_python`` of the model's field reads them back."""
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in columns.items()
    }


def _names(organisation: Organisation) -> set[int]:
    return set(OrganisationName.objects.filter(organisation=organisation).values_list("pk", flat=True))
