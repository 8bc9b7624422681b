"""An application in words: for the page that is read before sending, and for the paper that is registered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from pakten.members.applying.steps import Step, form_of, steps_for
from pakten.members.applying.wording import NOTICE
from pakten.members.forms.apply import SECTORS
from pakten.members.forms.apply_fields import Applicant
from pakten.members.forms.apply_sector import FILE_PURPOSES
from pakten.members.models import PledgeText


class Attachment(NamedTuple):
    """A file that came along: what it is, what it was called, and its digest."""

    purpose: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Section:
    """The answers of one step, as (question, answer)."""

    step: Step
    rows: tuple[tuple[str, str], ...]


def sections(of: Applicant, files: Iterable[Attachment] = ()) -> list[Section]:
    """Every answered step of the applicant's sector, in order; files stand with the step that asks."""
    attached = list(files)
    return [
        Section(each, (*form_of(each, of).told(of.answers[each.slug]), *_files(each, attached)))
        for each in steps_for(of.sector)
        if each.slug in of.answers
    ]


def sector_in_words(sector: str) -> str:
    return dict(SECTORS).get(sector, "")


def paper(
    of: Applicant, texts: Iterable[PledgeText], *, files: Iterable[Attachment], sent_at: datetime
) -> str:
    """The whole application as plain text, with the texts as they were shown."""
    return "\n".join(_lines(of, texts, files=list(files), sent_at=sent_at))


def _lines(
    of: Applicant, texts: Iterable[PledgeText], *, files: list[Attachment], sent_at: datetime
) -> Iterator[str]:
    yield "ANSÖKAN OM MEDLEMSKAP"
    yield f"Skickad {timezone.localtime(sent_at):%Y-%m-%d kl. %H.%M} genom webbformuläret"
    yield f"Sökande: {sector_in_words(of.sector)}"
    for section in sections(of):
        yield f"\n{section.step.short.upper()}"
        for question, answer in section.rows:
            yield _answered(question, answer or "Inget svar")
    yield "\nTEXTER SOM INTYGADES"
    for text in texts:
        yield f"\n{text} (gäller från {text.valid_from}, kontrollsumma {text.sha256})"
        yield f"{text.title}\n\n{text.body}"
    yield "\nBIFOGADE FILER"
    yield from (f"{each.purpose}: {each.name} (kontrollsumma {each.sha256})" for each in files)
    if not files:
        yield "Inga"
    yield f"\nPå sidan stod: {NOTICE}"


def _answered(question: str, answer: str) -> str:
    head = question if question.endswith(("?", ".")) else f"{question}:"
    if "\n" not in answer:
        return f"{head} {answer}"
    return "\n".join([head, *(f"  {line}" for line in answer.splitlines())])


def _files(step: Step, files: list[Attachment]) -> Iterator[tuple[str, str]]:
    for purpose, label in step.files:
        if files:
            names = [each.name for each in files if each.purpose in (purpose, FILE_PURPOSES.get(purpose))]
            yield label, "\n".join(names) or "Inte bifogat"
