"""Groups of roles that the access matrix is written in."""

from __future__ import annotations

from pakten.accounts.models import Role

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
DECISION_READERS = (
    *OFFICERS,
    Role.DIRECTOR,
    Role.BOARD_SECRETARY,
    Role.REGISTRAR,
    Role.AUDITOR,
)
POST_KEEPERS = (*OFFICERS, Role.REGISTRAR, Role.ADMINISTRATOR)
CONTACTS = (Role.MEMBER_CONTACT,)
LOG_READERS = (Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR)
