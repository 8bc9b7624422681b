"""What an act of this area can be refused for, each in one sentence for the person who tried."""

from __future__ import annotations

from pakten.core.refusals import Refusal


class SheetsRefused(Refusal):
    """The act was not done and nothing has been changed. ``sentence`` is plain Swedish."""
