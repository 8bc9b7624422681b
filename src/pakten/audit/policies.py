"""Who may read the log."""

from __future__ import annotations

from pakten.accounts.models import Role

READERS = (Role.AUDITOR, Role.ADMINISTRATOR, Role.MANAGER)
