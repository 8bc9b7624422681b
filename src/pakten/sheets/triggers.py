"""The database's own refusal to change a control sheet."""

from pakten.core.append_only import AppendOnly

GUARD = AppendOnly("sheets_sheet", "a control sheet is never changed")
install, remove = GUARD.install, GUARD.remove
