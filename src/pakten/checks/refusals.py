"""What an act of this area can be refused for, each in one sentence for the person who tried."""

from __future__ import annotations

from pakten.core.refusals import Refusal


class ChecksRefused(Refusal):
    """The act was not done and nothing has been changed. ``sentence`` is plain Swedish."""


class Overtaken(ChecksRefused):
    """Somebody else changed the likeness since the form was opened."""


class ListsTooOld(ChecksRefused):
    """A list in use is older than allowed: the run needs an explicit reason."""
