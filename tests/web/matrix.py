"""Who may open which address: one readable table, and the objects that addresses need.

A new address without a row here fails ``tests/web/project/test_matrix.py``. Write the row from the policy,
not from the view: two people must agree before a door opens. Where the view looks at the object too, add a
factory to ``OBJECTS``; an address without factory is tried with an object that does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tests.people import person
from tests.web.jobs import work_to_do
from tests.web.members import register
from tests.web.records import diary

from pakten.accounts.models import Role, User

PUBLIC = "public"
# A person's own pages: whoever is signed in, with any role or none.
SIGNED_IN = "signed in"

OFFICERS = (Role.CASE_OFFICER, Role.MANAGER)
STAFF = (
    *OFFICERS,
    Role.DIRECTOR,
    Role.REGISTRAR,
    Role.BOARD_SECRETARY,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
KEEPERS = (*OFFICERS, Role.ADMINISTRATOR)
CONTROL_READERS = (*OFFICERS, Role.AUDITOR)
JOB_READERS = (*OFFICERS, Role.DIRECTOR, Role.AUDITOR, Role.ADMINISTRATOR)
DIARY_WRITERS = (*OFFICERS, Role.REGISTRAR, Role.BOARD_SECRETARY)
PAPER_READERS = (*DIARY_WRITERS, Role.DIRECTOR, Role.AUDITOR)
REQUEST_ANSWERERS = (*OFFICERS, Role.REGISTRAR)
LOG_READERS = (Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR)

# The address's name: the roles that may open it.
MATRIX: dict[str, Iterable[str] | str] = {
    "core:home": PUBLIC,
    "core:components": PUBLIC,
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_request_login_code": PUBLIC,
    "account_confirm_login_code": PUBLIC,
    "mfa_authenticate": PUBLIC,
    "mfa_login_webauthn": PUBLIC,
    "socialaccount_login_cancelled": PUBLIC,
    "openid_connect_login": PUBLIC,
    "openid_connect_callback": PUBLIC,
    # Whoever has the link.
    "accounts:choose_password": PUBLIC,
    "account_reauthenticate": SIGNED_IN,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "accounts:change_password": SIGNED_IN,
    "accounts:close_others": SIGNED_IN,
    "accounts:list": (Role.ADMINISTRATOR,),
    "accounts:new": (Role.ADMINISTRATOR,),
    "accounts:account": (Role.ADMINISTRATOR,),
    "accounts:roles": (Role.ADMINISTRATOR,),
    "accounts:close": (Role.ADMINISTRATOR,),
    "accounts:open": (Role.ADMINISTRATOR,),
    "accounts:password_link": (Role.ADMINISTRATOR,),
    "accounts:remove_factors": (Role.ADMINISTRATOR,),
    "audit:log": LOG_READERS,
    "audit:chain": LOG_READERS,
    "jobs:list": JOB_READERS,
    "jobs:job": JOB_READERS,
    "jobs:stop": KEEPERS,
    "jobs:restart": KEEPERS,
    "members:list": STAFF,
    "members:export": STAFF,
    "members:member": STAFF,
    "members:tab": STAFF,
    "members:edit_organisation": KEEPERS,
    "members:edit_membership": KEEPERS,
    "members:add_person": KEEPERS,
    "members:end_person": KEEPERS,
    "members:add_owner": KEEPERS,
    "members:end_owner": KEEPERS,
    "members:imports": KEEPERS,
    "members:import": KEEPERS,
    "members:try_import": KEEPERS,
    "members:apply_import": KEEPERS,
    "members:undo_import": KEEPERS,
    "members:import_report": KEEPERS,
    # Persons are named here: those who control, who decide, and who audit.
    "checks:control": CONTROL_READERS,
    "checks:selection": CONTROL_READERS,
    "checks:run": CONTROL_READERS,
    "checks:member": CONTROL_READERS,
    "checks:export": CONTROL_READERS,
    "checks:receipt": CONTROL_READERS,
    "checks:receipt_file": CONTROL_READERS,
    "checks:likenesses": CONTROL_READERS,
    "checks:likeness": CONTROL_READERS,
    "checks:start": OFFICERS,
    "checks:confirm_old": OFFICERS,
    "checks:confirm": OFFICERS,
    "checks:decline": OFFICERS,
    "checks:withdraw": OFFICERS,
    # The lists are public papers.
    "checks:lists": STAFF,
    "checks:list": STAFF,
    "checks:changes": STAFF,
    "checks:fetch": KEEPERS,
    "checks:read_in": KEEPERS,
    "checks:held": KEEPERS,
    "checks:switch": (Role.MANAGER,),
    "checks:use": (Role.MANAGER,),
    # The diary is open to all; its papers are for those who work with cases, and for the auditor.
    "records:public_diary": PUBLIC,
    "records:ask": PUBLIC,
    "records:asked": PUBLIC,
    "records:diary": STAFF,
    "records:export": STAFF,
    "records:case": STAFF,
    "records:record": STAFF,
    "records:file": PAPER_READERS,
    "records:register": DIARY_WRITERS,
    "records:new_case": DIARY_WRITERS,
    "records:draw_up": DIARY_WRITERS,
    "records:take_over": DIARY_WRITERS,
    "records:close": DIARY_WRITERS,
    "records:reopen": DIARY_WRITERS,
    "records:revise": DIARY_WRITERS,
    "records:dispatch": DIARY_WRITERS,
    "records:finish": DIARY_WRITERS,
    "records:discard": DIARY_WRITERS,
    "records:mark": DIARY_WRITERS,
    "records:requests": REQUEST_ANSWERERS,
    "records:request": REQUEST_ANSWERERS,
    # Numbers, marks and disposal are the registrar's.
    "records:import_number": (Role.REGISTRAR,),
    "records:confirm_mark": (Role.REGISTRAR,),
    "records:decline_mark": (Role.REGISTRAR,),
    "records:lift_mark": (Role.REGISTRAR,),
    "records:correct": (Role.REGISTRAR,),
    "records:dispose": (Role.REGISTRAR,),
    "records:series": (Role.REGISTRAR, Role.ADMINISTRATOR),
}


def _somebody(_user: User) -> dict[str, Any]:
    return {"user_id": person(Role.RECEIVING_UNIT, again=7).pk}


def _provider(_user: User) -> dict[str, Any]:
    return {"provider_id": "staden"}


def _own_job(user: User) -> dict[str, Any]:
    from pakten.jobs.services import start

    starter = user if user.pk else person(Role.CASE_OFFICER)
    job = start("tests.work", "Räkna", actor=starter, task=work_to_do.count_to, arguments={"number": 1})
    return {"job_id": job.pk}


def _member(_user: User) -> dict[str, Any]:
    return {"public_id": register.member().organisation.public_id}


def _person(_user: User) -> dict[str, Any]:
    held = register.known_person(register.member())
    return {"public_id": held.organisation.public_id, "fact_id": held.pk}


def _owner(_user: User) -> dict[str, Any]:
    stake = register.stake(register.member())
    return {"public_id": stake.asset.public_id, "fact_id": stake.pk}


def _import(_user: User) -> dict[str, Any]:
    return {"import_id": register.tried([register.A]).pk}


def _record(_user: User) -> dict[str, Any]:
    return {"record_id": diary.received().pk}


def _file(_user: User) -> dict[str, Any]:
    record = diary.received(files=[diary.paper()])
    return {"record_id": record.pk, "file_id": record.files.get().pk}


def _case(_user: User) -> dict[str, Any]:
    return {"case_id": diary.received().case_id}


def _mark(_user: User) -> dict[str, Any]:
    return {"mark_id": diary.proposed().pk}


# The address's name: the arguments of the address, for this person.
OBJECTS: dict[str, Callable[[User], dict[str, Any]]] = {
    "openid_connect_login": _provider,
    "openid_connect_callback": _provider,
    "accounts:account": _somebody,
    "accounts:roles": _somebody,
    "accounts:close": _somebody,
    "accounts:open": _somebody,
    "accounts:password_link": _somebody,
    "accounts:remove_factors": _somebody,
    "jobs:job": _own_job,
    "jobs:stop": _own_job,
    "jobs:restart": _own_job,
    "members:export": lambda _user: {"form": "csv"},
    "members:member": _member,
    "members:tab": lambda user: _member(user) | {"slug": "personer"},
    "members:edit_organisation": _member,
    "members:edit_membership": _member,
    "members:add_person": _member,
    "members:add_owner": _member,
    "members:end_person": _person,
    "members:end_owner": _owner,
    "members:import": _import,
    "members:try_import": _import,
    "members:apply_import": _import,
    "members:undo_import": _import,
    "members:import_report": lambda user: _import(user) | {"form": "csv"},
    "records:export": lambda _user: {"form": "csv"},
    "records:case": _case,
    "records:draw_up": _case,
    "records:take_over": _case,
    "records:close": _case,
    "records:reopen": _case,
    "records:import_number": _case,
    "records:record": _record,
    "records:file": _file,
    "records:dispatch": _record,
    "records:finish": _record,
    "records:mark": _record,
    "records:correct": _record,
    "records:dispose": _record,
    "records:confirm_mark": _mark,
    "records:decline_mark": _mark,
    "records:lift_mark": _mark,
    "records:request": lambda _user: {"request_id": diary.asked().pk},
}
