"""The paper that a decision leaves in the diary."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader
from tests.web.decisions import made

from pakten.decisions.models import Decision
from pakten.records.services import open_file

pytestmark = pytest.mark.django_db


def words(decision: Decision) -> str:
    """The text of the registered PDF, with single spaces."""
    assert decision.record is not None
    data = open_file(decision.record.files.get(), actor=decision.decided_by)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def test_it_shows_what_a_delegated_decision_must() -> None:
    """L-02: item, in whose name, decider, date, registry number, and the second person."""
    decision = made.agreed()
    shown = words(decision)
    for part in (
        decision.item.number,
        decision.on_behalf,
        str(decision.decided_by),
        str(decision.second_by),
        str(decision.record),
        decision.subject_label,
    ):
        assert part in shown, part


def test_a_clean_acceptance_is_called_execution() -> None:
    """What needs no choice is no delegated decision, and says so."""
    shown = words(made.decided())
    assert "Verkställighet" in shown and "Delegationsbeslut" not in shown


def test_the_file_lasts_and_can_be_read_aloud() -> None:
    """PDF/A-3a and PDF/UA-1 in one file."""
    decision = made.decided()
    assert decision.record is not None
    reader = PdfReader(io.BytesIO(open_file(decision.record.files.get(), actor=decision.decided_by)))
    told = reader.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]
    assert "pdfaid:part" in told and "pdfuaid:part" in told
