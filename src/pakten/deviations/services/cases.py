"""Where in the diary a deviation belongs: in the application's case, else in one about the organisation."""

from __future__ import annotations

from pakten.accounts.models import User
from pakten.deviations.models import CLOSED, Deviation
from pakten.deviations.services.writing import write
from pakten.members.models import Application
from pakten.members.services.case_titles import case_title
from pakten.records.models import Case, CaseState
from pakten.records.refusals import RecordsRefused
from pakten.records.services import CaseFacts, close_case, open_case, reopen_case


def open_case_of(deviation: Deviation, *, actor: User) -> Case:
    """The deviation's case, open: its own, one that the organisation has for deviations, or a new one."""
    case = deviation.case or _there(deviation) or _new(deviation, actor=actor)
    case = Case.objects.select_related("series").get(pk=case.pk)
    if case.state == CaseState.CLOSED:
        reopen_case(case, actor=actor, expected_version=case.version, reason="En avvikelse följs upp")
    if deviation.case_id != case.pk:
        write(deviation, case=case)
    deviation.case = case
    return case


def close_case_of(deviation: Deviation, *, actor: User) -> None:
    """Close the case where nothing else goes on in it: not an application's, and no other open deviation."""
    case = Case.objects.get(pk=deviation.case_id) if deviation.case_id else None
    if case is None or case.state != CaseState.OPEN or _is_used(case):
        return
    try:
        close_case(case, actor=actor, expected_version=case.version, reason="Avvikelserna är avslutade")
    except RecordsRefused:
        # Somebody waits for a paper in it: the registrar closes it later.
        return


def _is_used(case: Case) -> bool:
    others = Deviation.objects.filter(case=case).exclude(level__in=CLOSED)
    return others.exists() or Application.objects.filter(case=case).exists()


def _there(deviation: Deviation) -> Case | None:
    if deviation.application is not None:
        return deviation.application.case
    rows = Deviation.objects.filter(
        organisation=deviation.organisation, application=None, case__state=CaseState.OPEN
    )
    found = rows.select_related("case").order_by("-pk").first()
    return found.case if found else None


def _new(deviation: Deviation, *, actor: User) -> Case:
    title = case_title("Avvikelser", deviation.organisation)
    return open_case(CaseFacts(title, classification="3.2", responsible=actor), actor=actor)
