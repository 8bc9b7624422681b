"""Places of work: added with their source, ended, kept as history."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.organisations.facts import FactSource
from pakten.organisations.models import Branch, Organisation
from pakten.organisations.policies import check_length, check_may_write, check_text
from pakten.organisations.refusals import Refused
from pakten.organisations.services.versions import update_versioned


@dataclass(frozen=True, slots=True)
class BranchFacts:
    """A place of work under the organisation's own number."""

    name: str
    address: str = ""
    place: str = ""
    valid_from: date | None = None


@transaction.atomic
def add_branch(organisation: Organisation, facts: BranchFacts, *, actor: User, source: FactSource) -> Branch:
    """Store a place of work. Raises PermissionDenied, or Refused for one that is known or has no name."""
    check_may_write(actor)
    check_text(source.what)
    _check(facts)
    same = organisation.branches.filter(name=facts.name, place=facts.place, valid_to=None)
    if same.exists():
        raise Refused(f"{facts.name} finns redan bland arbetsställena.")
    branch = Branch.objects.create(organisation=organisation, **asdict(facts), **source.columns())
    update_versioned(organisation, organisation.version)
    after = asdict(facts)
    record("organisations.branch.added", organisation, actor=actor, after=after, reason=source.what)
    return branch


@transaction.atomic
def end_branch(branch: Branch, *, on: date, actor: User, reason: str) -> None:
    """Note that the place of work is no more from ``on``. The row stays as history."""
    check_may_write(actor)
    if not Branch.objects.filter(pk=branch.pk, valid_to=None).update(valid_to=on):
        raise Refused("Arbetsstället är redan avslutat.")
    branch.valid_to = on
    update_versioned(branch.organisation, branch.organisation.version)
    after = {"name": branch.name, "valid_to": on}
    record("organisations.branch.ended", branch.organisation, actor=actor, after=after, reason=reason)


def _check(facts: BranchFacts) -> None:
    if not facts.name.strip():
        raise Refused("Fyll i arbetsställets namn.")
    for column in ("name", "address", "place"):
        text = getattr(facts, column)
        check_text(text)
        check_length(Branch, column, text=text)
