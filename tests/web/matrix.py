"""Who may open which address: one readable table, and the objects that addresses need.

A new address without a row here fails ``tests/web/project/test_matrix.py``. Write the row from the policy,
not from the view: two people must agree before a door opens. Where the view looks at the object too, add a
factory to ``OBJECTS``; an address without factory is tried with an object that does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tests.people import person
from tests.web.alerts import rights as alerts_rights
from tests.web.decisions import made
from tests.web.deviations import rights as deviations_rights
from tests.web.jobs import work_to_do
from tests.web.letters import post
from tests.web.members import register
from tests.web.members.applying import objects as apply_objects
from tests.web.members.own_file import correspondence
from tests.web.members.pledges import objects as pledge_objects
from tests.web.records import diary
from tests.web.role_sets import (
    CONTACTS,
    CONTROL_READERS,
    DECISION_READERS,
    DIARY_WRITERS,
    JOB_READERS,
    KEEPERS,
    LOG_READERS,
    OFFICERS,
    PAPER_READERS,
    POST_KEEPERS,
    PUBLIC,
    REQUEST_ANSWERERS,
    SIGNED_IN,
    STAFF,
)
from tests.web.sheets import rights as sheets_rights
from tests.web.visits import rights as visits_rights
from tests.web.watching import rights as watching_rights

from pakten.accounts.models import Role, SavedFilter, User

# The address's name: the roles that may open it.
MATRIX: dict[str, Iterable[str] | str] = {
    "core:home": PUBLIC,
    "core:pages": PUBLIC,
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
    "audit:outside": LOG_READERS,
    "jobs:list": JOB_READERS,
    "jobs:job": JOB_READERS,
    "jobs:stop": KEEPERS,
    "jobs:restart": KEEPERS,
    "jobs:switch": (Role.ADMINISTRATOR,),
    # Outgoing post: texts of letters, so not for all staff.
    "letters:outbox": (*POST_KEEPERS, Role.AUDITOR),
    "letters:message": (*POST_KEEPERS, Role.AUDITOR),
    "letters:retry": POST_KEEPERS,
    "letters:stop": POST_KEEPERS,
    "letters:redirect": POST_KEEPERS,
    "letters:mark_posted": (*OFFICERS, Role.REGISTRAR),
    "members:list": STAFF,
    "members:export": STAFF,
    "members:member": STAFF,
    "members:tab": STAFF,
    "members:edit_organisation": KEEPERS,
    "members:edit_membership": KEEPERS,
    "members:published": KEEPERS,
    # Duplicates, groups, branches, leaving.
    "members:duplicates": KEEPERS,
    "members:compare": KEEPERS,
    "members:not_same": KEEPERS,
    "members:maybe_same": KEEPERS,
    "members:merge": KEEPERS,
    "members:parent": KEEPERS,
    "members:new_branch": KEEPERS,
    "members:close_branch": KEEPERS,
    "members:ending": OFFICERS,
    "members:leave": OFFICERS,
    "members:matter": (*OFFICERS, Role.DIRECTOR),
    "members:decide_matter": (Role.MANAGER, Role.DIRECTOR),
    "members:withdraw_matter": OFFICERS,
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
    # Contact persons and messages; a contact opens the own organisation's file and no other.
    "members:add_contact": KEEPERS,
    "members:edit_contact": KEEPERS,
    "members:invite_contact": KEEPERS,
    "members:inform_contact": KEEPERS,
    "members:end_contact": KEEPERS,
    "members:inbox": OFFICERS,
    "members:message": (*OFFICERS, Role.DIRECTOR, Role.REGISTRAR, Role.AUDITOR),
    "members:settle_message": OFFICERS,
    "members:close_message": OFFICERS,
    "members:ask": OFFICERS,
    "members:own": CONTACTS,
    "members:own_start": CONTACTS,
    "members:own_facts": CONTACTS,
    "members:text_pledges": STAFF,
    "members:kept_figure": STAFF,
    "members:own_edit": CONTACTS,
    "members:own_published": CONTACTS,
    "members:own_correct": CONTACTS,
    "members:own_download": CONTACTS,
    "members:own_contact": CONTACTS,
    "members:own_leave": CONTACTS,
    "members:own_messages": CONTACTS,
    "members:own_pledges": CONTACTS,
    "members:own_complete": CONTACTS,
    "members:own_papers": CONTACTS,
    "members:own_paper": CONTACTS,
    # Texts, campaigns, and the page on which a member answers.
    "members:public_texts": PUBLIC,
    "members:texts": STAFF,
    "members:text": STAFF,
    "members:draft_text": OFFICERS,
    "members:revise_text": OFFICERS,
    "members:discard_text": OFFICERS,
    "members:publish_text": (Role.MANAGER, Role.DIRECTOR),
    "members:campaigns": STAFF,
    "members:campaign": STAFF,
    "members:recipients": STAFF,
    "members:export_recipients": STAFF,
    "members:new_campaign": OFFICERS,
    "members:revise_campaign": OFFICERS,
    "members:open_campaign": OFFICERS,
    "members:move_campaign": OFFICERS,
    "members:close_campaign": OFFICERS,
    "members:keep_figure": OFFICERS,
    "members:note_answer": OFFICERS,
    "members:readdress": OFFICERS,
    "members:answer_signed_in": (Role.MEMBER_CONTACT,),
    # Whoever has the link.
    "members:confirm": PUBLIC,
    "members:wrong_person": PUBLIC,
    # The public application: whoever has the link.
    "apply:start": PUBLIC,
    "apply:sector": PUBLIC,
    "apply:application": PUBLIC,
    "apply:change_sector": PUBLIC,
    "apply:save": PUBLIC,
    "apply:check": PUBLIC,
    "apply:answer": PUBLIC,
    "apply:comment": PUBLIC,
    "apply:withdraw": PUBLIC,
    "apply:step": PUBLIC,
    # Texts, campaigns, and the page on which a member answers.
    # Whoever has the link.
    # Applications: all staff see them (save with a conflict of interest), officers and managers act.
    "members:applications": STAFF,
    "members:applications_export": STAFF,
    "members:applications_many": OFFICERS,
    "members:application": STAFF,
    "members:application_start": OFFICERS,
    "members:application_assign": OFFICERS,
    "members:application_complete": OFFICERS,
    "members:application_finish": OFFICERS,
    "members:application_propose": OFFICERS,
    # Whom the delegation order may name; who it names that day is asked of it.
    "members:application_decide": (*OFFICERS, Role.DIRECTOR),
    "members:application_back": OFFICERS,
    "members:application_adopt": OFFICERS,
    "members:application_by_hand": (*OFFICERS, Role.REGISTRAR),
    "members:public_list": PUBLIC,
    "members:public_feed": PUBLIC,
    "members:how_we_check": PUBLIC,
    "accounts:save_filter": SIGNED_IN,
    "accounts:delete_filter": SIGNED_IN,
    # Politicians read the numbers; the staff see who is behind them.
    "figures:catalogue": (*STAFF, Role.BOARD_MEMBER),
    "figures:figure": (*STAFF, Role.BOARD_MEMBER),
    "figures:export": (*STAFF, Role.BOARD_MEMBER),
    "figures:frozen": (*STAFF, Role.BOARD_MEMBER),
    "figures:list": STAFF,
    "figures:frozen_list": STAFF,
    "figures:export_list": STAFF,
    "figures:freeze": (*OFFICERS, Role.DIRECTOR, Role.BOARD_SECRETARY),
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
    "checks:basic_save": OFFICERS,
    "checks:basic_lists": CONTROL_READERS,
    "checks:basic_again": OFFICERS,
    "checks:basic": CONTROL_READERS,
    "checks:open_controls": CONTROL_READERS,
    "checks:control_member": OFFICERS,
    "checks:confirm": OFFICERS,
    "checks:decline": OFFICERS,
    "checks:withdraw": OFFICERS,
    # The lists are public papers.
    "checks:lists": STAFF,
    "checks:list": STAFF,
    "checks:changes": STAFF,
    "checks:registers": STAFF,
    "checks:register": STAFF,
    "checks:register_new": KEEPERS,
    "checks:register_fetch": KEEPERS,
    "checks:register_read_in": KEEPERS,
    "checks:register_held": KEEPERS,
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
    # Everybody declares an own conflict of interest; a manager lifts those of others.
    "records:declare_conflict": STAFF,
    "records:lift_conflict": (Role.MANAGER, Role.DIRECTOR),
    "decisions:list": DECISION_READERS,
    "decisions:export": DECISION_READERS,
    "decisions:decision": DECISION_READERS,
    "decisions:agree": (Role.MANAGER, Role.DIRECTOR),
    "decisions:take_back": (*OFFICERS, Role.DIRECTOR),
    "decisions:send_back": (Role.MANAGER, Role.DIRECTOR),
    "decisions:report": (Role.BOARD_SECRETARY,),
    "decisions:order": (*DECISION_READERS, Role.ADMINISTRATOR),
    "decisions:new_item": (Role.DIRECTOR, Role.ADMINISTRATOR),
    "decisions:end_item": (Role.DIRECTOR, Role.ADMINISTRATOR),
    "decisions:rule": (Role.DIRECTOR, Role.ADMINISTRATOR),
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


def _pair(_user: User) -> dict[str, Any]:
    one, other = register.organisation("Eken AB"), register.organisation("Eken")
    return {"one": one.public_id, "other": other.public_id}


def _matter(_user: User) -> dict[str, Any]:
    return {"matter_id": register.proposed_end(register.member()).pk}


def _import(_user: User) -> dict[str, Any]:
    return {"import_id": register.tried([register.A]).pk}


def _contact(_user: User) -> dict[str, Any]:
    row = correspondence.contact(register.member())
    return {"public_id": row.organisation.public_id, "contact_id": row.pk}


def _written(_user: User) -> dict[str, Any]:
    return {"message_id": correspondence.incoming().pk}


def _own(user: User) -> dict[str, Any]:
    """The own organisation: whoever may open the address opens this one."""
    whose = user if user.pk else person(Role.MEMBER_CONTACT)
    return {"public_id": correspondence.contact_as(whose).organisation.public_id}


def _own_paper(user: User) -> dict[str, Any]:
    whose = person(Role.MEMBER_CONTACT)
    row = correspondence.contact_as(whose)
    sent = correspondence.incoming(row)
    assert sent.record is not None
    return {"public_id": row.organisation.public_id, "file_id": sent.record.files.get().pk}


def _record(_user: User) -> dict[str, Any]:
    return {"record_id": diary.received().pk}


def _file(_user: User) -> dict[str, Any]:
    record = diary.received(files=[diary.paper()])
    return {"record_id": record.pk, "file_id": record.files.get().pk}


def _case(_user: User) -> dict[str, Any]:
    return {"case_id": diary.received().case_id}


def _application(_user: User) -> dict[str, Any]:
    from tests.web.members.handling import desk

    return {"public_id": desk.sent().public_id}


def _saved_filter(user: User) -> dict[str, Any]:
    # Not by the service, which lets nobody keep a filter of a list that they can't open.
    owner = user if user.pk else person(Role.CASE_OFFICER)
    kept, _made = SavedFilter.objects.get_or_create(owner=owner, page="members:list", name="Prov")
    return {"filter_id": kept.pk}


def _mark(_user: User) -> dict[str, Any]:
    return {"mark_id": diary.proposed().pk}


def _decision(_user: User) -> dict[str, Any]:
    return {"public_id": made.decided().public_id}


def _message(_user: User) -> dict[str, Any]:
    return {"public_id": post.queued().public_id}


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
    "letters:message": _message,
    "letters:retry": _message,
    "letters:stop": _message,
    "letters:redirect": _message,
    "letters:mark_posted": _message,
    "members:export": lambda _user: {"form": "csv"},
    "members:member": _member,
    "members:tab": lambda user: _member(user) | {"slug": "personer"},
    "members:edit_organisation": _member,
    "members:edit_membership": _member,
    "members:published": _member,
    "members:parent": _member,
    "members:new_branch": _member,
    "members:ending": _member,
    "members:leave": _member,
    "members:matter": _matter,
    "members:decide_matter": _matter,
    "members:withdraw_matter": _matter,
    "members:compare": _pair,
    "members:not_same": _pair,
    "members:add_person": _member,
    "members:add_owner": _member,
    "members:end_person": _person,
    "members:end_owner": _owner,
    "members:import": _import,
    "members:try_import": _import,
    "members:apply_import": _import,
    "members:undo_import": _import,
    "members:import_report": lambda user: _import(user) | {"form": "csv"},
    "members:add_contact": _member,
    "members:edit_contact": _contact,
    "members:invite_contact": _contact,
    "members:inform_contact": _contact,
    "members:end_contact": _contact,
    "members:message": _written,
    "members:settle_message": _written,
    "members:close_message": _written,
    "members:ask": _member,
    "members:own_start": _own,
    "members:own_facts": _own,
    "members:own_edit": _own,
    "members:own_published": _own,
    "members:own_correct": lambda user: _own(user) | {"key": "legal_name"},
    "members:own_download": lambda user: _own(user) | {"form": "json"},
    "members:own_contact": _own,
    "members:own_leave": _own,
    "members:own_messages": _own,
    "members:own_pledges": _own,
    "members:own_papers": _own,
    "members:own_paper": _own_paper,
    **pledge_objects.OBJECTS,
    **apply_objects.OBJECTS,
    **pledge_objects.OBJECTS,
    "members:applications_export": lambda _user: {"form": "csv"},
    "members:application": _application,
    "members:application_start": _application,
    "members:application_assign": _application,
    "members:application_complete": _application,
    "members:application_finish": _application,
    "members:application_propose": _application,
    "members:application_decide": _application,
    "members:application_back": _application,
    "members:application_adopt": lambda user: _application(user) | {"column": "place"},
    "accounts:delete_filter": _saved_filter,
    "figures:figure": lambda _user: {"slug": "medlemmar"},
    "figures:export": lambda _user: {"slug": "medlemmar", "form": "csv"},
    "figures:list": lambda _user: {"slug": "medlemmar"},
    "figures:export_list": lambda _user: {"slug": "medlemmar", "form": "csv"},
    "figures:freeze": lambda _user: {"slug": "medlemmar"},
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
    "records:declare_conflict": _case,
    "records:lift_conflict": lambda _user: {"conflict_id": diary.conflict().pk},
    "decisions:export": lambda _user: {"form": "csv"},
    "decisions:decision": _decision,
    "decisions:agree": _decision,
    "decisions:send_back": _decision,
    "decisions:end_item": lambda _user: {"item_id": made.item().pk},
    "decisions:rule": lambda _user: {"kind": "membership_refuse"},
}

# Newer areas keep their rows beside their tests.
for _area in (alerts_rights, deviations_rights, sheets_rights, visits_rights, watching_rights):
    MATRIX.update(_area.MATRIX)
    OBJECTS.update(_area.OBJECTS)
