"""Why something of a person's own was not kept, in a sentence for people."""

from __future__ import annotations

from pakten.core.refusals import Refusal


class AccountsRefused(Refusal):
    """It can't be done; nothing was changed. The text is Swedish, for people."""
