"""What follows when the second reader of a sample does not agree with the control."""

from __future__ import annotations

from pakten.alerts.models import Alert, AlertKind, Outcome
from pakten.alerts.services.raising import raise_alert
from pakten.alerts.services.writing import write


def follow_up(sample: Alert) -> None:
    """Two readers who differ are never left at that: somebody else gets to see it. Call at its close."""
    if sample.outcome != Outcome.NOT_AGREED:
        return
    raised = raise_alert(
        AlertKind.SAMPLE_DISAGREED,
        organisation=sample.organisation,
        key=sample.key,
        title=f"Två läsare är oense: {sample.organisation}" if sample.organisation else "Två läsare är oense",
        because=f"{sample.closed_by} kom till en annan bedömning: {sample.outcome_because}",
        facts=dict(sample.facts) | {f"_{name}": value for name, value in sample.about.items()},
    )
    # Whoever made the control can't settle whose reading of it holds.
    write(raised, first_reader=sample.first_reader)
