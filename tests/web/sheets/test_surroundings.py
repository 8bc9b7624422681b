"""What stands around a control on its sheet: the visit's literal words, deviations and comments."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader
from tests.people import person
from tests.web.deviations import made
from tests.web.visits import world as sites
from tests.web.visits.seen import own_visit, statement

from pakten.accounts.models import Role
from pakten.checks.models import Control
from pakten.deviations import services as deviations
from pakten.members.models import Membership
from pakten.organisations.models import Organisation
from pakten.records.services import MarkFacts, mark_secrecy
from pakten.sheets.gather import of_control
from pakten.sheets.gather.surroundings import surroundings
from pakten.sheets.pdf import render
from pakten.visits.models import Visit


def around(organisation: Organisation) -> object:
    return surroundings(organisation, since=organisation.created_at, until=None)


@pytest.mark.django_db
def test_the_words_of_a_website_stand_as_they_stand_there() -> None:
    """Literal, with page and place; nobody has judged them, and the sheet says that too."""
    found = statement()
    visit: Visit = found.visit
    part = around(visit.organisation).visit  # type: ignore[attr-defined]
    line = next(line for line in part.statements if line.text == found.snippet)
    assert line.text in sites.RUSSIA and line.page == f"{found.page.url}, tecken {found.start}"
    assert line.judged == "Ingen har bedömt det."
    assert part.is_read and part.archive_sha256 == visit.archive_sha256 != ""
    assert part.site.startswith("A: ")


@pytest.mark.django_db
def test_a_visit_of_a_person_is_by_name() -> None:
    visit = own_visit()
    part = around(visit.organisation).visit  # type: ignore[attr-defined]
    assert str(visit.ordered_by) in part.by
    assert any("inget om Ryssland" in line.judged for line in part.statements)


@pytest.mark.django_db
def test_a_website_that_could_not_be_seen_is_never_clean() -> None:
    membership: Membership = sites.member()
    with sites.invented({}):
        sites.visited(membership)
    found = around(membership.organisation)
    assert not found.visit.is_read  # type: ignore[attr-defined]
    assert any("gick inte att besöka" in line for line in found.unchecked)  # type: ignore[attr-defined]


def test_a_deviation_stands_with_the_organisations_comment(control: Control) -> None:
    """The paper's number, what was seen, how serious, and what the member says (L-40)."""
    deviation = made.confirmed(control.membership.organisation)
    deviations.register_comment(deviation, made.said("Vi har lagt ut stadgarna."), actor=made.officer())
    gathered = of_control(control)
    (line,) = gathered.content.deviations
    assert (line.number, line.what) == (str(deviation.record), deviation.title)
    assert "Vi har lagt ut stadgarna." in line.comment and line.seriousness == "betydande"
    assert gathered.content.as_of > control.made_at, "the sheet is as of its latest word"
    text = "".join(
        "".join(page.extract_text() for page in PdfReader(BytesIO(render(gathered))).pages).split()
    )
    assert "Viharlagtutstadgarna." in text


def test_a_marked_comment_is_left_out_with_its_provision(control: Control) -> None:
    """L-05: what a mark covers is not copied to a paper without the mark."""
    deviation = made.confirmed(control.membership.organisation)
    deviations.register_comment(deviation, made.said("Vår kund är hemlig."), actor=made.officer())
    mark_secrecy(
        deviation.comments.get().record, MarkFacts("OSL 31:16", "Affärsläge"), actor=person(Role.REGISTRAR)
    )
    (line,) = of_control(control).content.deviations
    assert "hemlig." not in line.comment and "OSL 31:16" in line.comment
