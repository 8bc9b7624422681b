"""Which cases are about an organisation: a conflict of interest in one closes what is found of it (L-17).

One answer for visits, controls, alerts, deviations and sheets, so that what one of them closes can't be read
in another. An area to the right adds its own cases in its ``AppConfig.ready``.
"""

from __future__ import annotations

from django.db.models import Model, Q, QuerySet

from pakten.accounts.models import User
from pakten.members.models import Application, MembershipMatter
from pakten.organisations.models import Organisation
from pakten.records.models import Case
from pakten.records.queries.conflicts import in_conflict

# Tables with a case, and the way from each to the organisation that the case is about.
_TIES: list[tuple[type[Model], str]] = [
    (Application, "organisation"),
    (MembershipMatter, "membership__organisation"),
]


def tie(model: type[Model], *, organisation: str = "organisation") -> None:
    """Let the rows of ``model`` tie their ``case`` to their ``organisation``. Again is harmless."""
    if (model, organisation) not in _TIES:
        _TIES.append((model, organisation))


def cases_about(organisation: Organisation) -> QuerySet[Case]:
    """The cases of its applications and its membership, and those that other areas have added."""
    about = Q()
    for model, way in _TIES:
        rows = model._default_manager.filter(**{way: organisation}).order_by()
        about |= Q(pk__in=rows.values("case"))
    return Case.objects.filter(about)


def closed_organisations(user: User) -> QuerySet[Organisation, int]:
    """The ids of the organisations about which the user has a conflict of interest; almost always none.

    To be used within a query: ``exclude(organisation__in=closed_organisations(user))``.
    """
    about = Q()
    for model, way in _TIES:
        rows = model._default_manager.filter(case__in=in_conflict(user)).order_by()
        about |= Q(pk__in=rows.values(way))
    return Organisation.objects.filter(about).order_by().values_list("pk", flat=True)


def is_closed(organisation: Organisation, user: User) -> bool:
    """Whether the user has a conflict of interest about this organisation."""
    return closed_organisations(user).filter(pk=organisation.pk).exists()
