"""What an act of this area can be refused for, in one sentence for the person who tried."""

from __future__ import annotations

from pakten.core.refusals import Refusal


class WatchingRefused(Refusal):
    """The act was not done and nothing has been changed. ``sentence`` is plain Swedish."""


class Stopped(WatchingRefused):
    """The stop button is pressed: nothing is done by itself."""
