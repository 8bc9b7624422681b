"""Who sees the watching, and who may stop it."""

from __future__ import annotations

from pakten.accounts.models import Role

SEE = (Role.CASE_OFFICER, Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR)
# The receipt of a re-control names members and how they stand, as any receipt of a control does.
SEE_MEMBERS = (Role.CASE_OFFICER, Role.MANAGER, Role.AUDITOR)
STOP = (Role.MANAGER, Role.ADMINISTRATOR)
TEST = (Role.CASE_OFFICER, Role.MANAGER, Role.ADMINISTRATOR)
