"""What an act of this area can be refused for, each in one sentence for the person who tried."""

from __future__ import annotations

from pakten.core.refusals import Refusal


class AlertRefused(Refusal):
    """The act was not done and nothing has been changed. ``sentence`` is plain Swedish."""


class Overtaken(AlertRefused):
    """Somebody else did something with the alert since the page was opened."""
