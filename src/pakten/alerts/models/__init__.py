"""What waits for a person: alerts, their history, their rules, and the samples of clean results."""

from pakten.alerts.models.alert import Alert, AlertStep
from pakten.alerts.models.kinds import ABOUT_ONE, TRANSITIONS, Act, AlertKind, AlertState, Outcome, answers_to
from pakten.alerts.models.rules import DEFAULT_DAYS, MOST_DAYS, OTHER_DAYS, AlertRule
from pakten.alerts.models.sample import DEFAULT_SHARE, MOST_SHARE, SampleDraw, SampleRule

__all__ = [
    "ABOUT_ONE",
    "DEFAULT_DAYS",
    "DEFAULT_SHARE",
    "MOST_DAYS",
    "MOST_SHARE",
    "OTHER_DAYS",
    "TRANSITIONS",
    "Act",
    "Alert",
    "AlertKind",
    "AlertRule",
    "AlertState",
    "AlertStep",
    "Outcome",
    "SampleDraw",
    "SampleRule",
    "answers_to",
]
