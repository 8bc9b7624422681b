"""The database's own refusal to change what a register once said."""

from __future__ import annotations

from pakten.core.append_only import AppendOnly

_LOOKUPS = AppendOnly("organisations_registerlookup", "what a register said is never changed")

install, remove = _LOOKUPS.install, _LOOKUPS.remove
