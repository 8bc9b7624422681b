"""One visit's answers: what a machine read, with what people said of it, or what a person saw.

Only a person makes a deviation. What nobody has read is *could not check*, and so is what a website doesn't
show: its silence says nothing of whether there is something.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pakten.visits.models import BelongingJudgement, BelongingVerdict, SeenItem, SeenResult, SeenTopic, Visit
from pakten.visits.queries.standing import Standing
from pakten.visits.statement_words import Tone

WEBSITE_SLUG = "webbplats"
_QUOTED = 300
_MOST_QUOTED = 3
_WORST = (SeenResult.DEVIATION, SeenResult.COULD_NOT_CHECK, SeenResult.OK)
_OPEN = SeenResult.COULD_NOT_CHECK
_YES = "collective_agreement_yes"
_NOT_SHOWN = {
    SeenTopic.AGREEMENT: "Webbplatsen visar inte om det finns kollektivavtal.",
    SeenTopic.RUSSIA: "Webbplatsen visar inte om det finns band till Ryssland eller Belarus.",
    SeenTopic.VALUES: "Webbplatsen visar ingen värdegrund. Det är ingen avvikelse.",
    SeenTopic.ENERGY: "Webbplatsen visar inte varifrån energin kommer.",
}


@dataclass(frozen=True, slots=True)
class ItemResult:
    """The answer to one item. ``result`` is one of the four words of a check item (``SeenResult``).

    ``source`` says what was read and by whom, ``source_where`` the address; ``sha256`` is the manifest's
    digest of a machine's visit, empty for a person's. ``waits``: it could not be checked because a person
    has not read what was found, or not said whose website it is.
    """

    slug: str
    result: str
    note: str
    source: str
    source_where: str
    sha256: str
    checked_at: datetime
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """A machine's visit with what it proposes and what a person said of whose the website is."""

    visit: Visit
    statements: list[Standing]
    belonging: BelongingJudgement | None

    @property
    def is_doubtful(self) -> bool:
        return self.visit.needs_whose and self.belonging is None

    @property
    def whose_not(self) -> str:
        """Why what stands there says nothing of this organisation, in a sentence; empty where it does."""
        if self.belonging is not None and self.belonging.verdict == BelongingVerdict.NOT_THEIRS:
            return f"Webbplatsen är inte deras, enligt {self.belonging.by}: {self.belonging.note}"
        if self.is_doubtful:
            return f"{self.visit.get_whose_display()}. En person behöver avgöra vems den är."
        return ""


def of_person(visit: Visit, seen: list[SeenItem], *, apart: Mapping[SeenTopic, str]) -> list[ItemResult]:
    """What a person saw; a topic that the person said nothing of is left open."""
    if not visit.is_read:
        return [
            _answer(visit, slug, result=_OPEN, note=visit.reason) for slug in (WEBSITE_SLUG, *apart.values())
        ]
    on_site = [row for row in seen if row.topic not in apart]
    worst = next((word for word in _WORST if any(row.result == word for row in on_site)), None)
    result = worst or SeenResult.OK
    told = [row for row in on_site if row.result == result] if result != SeenResult.OK else on_site
    note = " ".join(filter(None, map(_told, told))) or visit.reason
    answers = [_answer(visit, WEBSITE_SLUG, result=result, note=note)]
    for row in seen:
        if slug := apart.get(SeenTopic(row.topic)):
            answers.append(_answer(visit, slug, result=row.result, note=_told(row), where=row.where))
    return answers


def of_machine(read: Read, apart: Mapping[SeenTopic, str]) -> list[ItemResult]:
    """What the machine read, as far as people have said what it means."""
    if not read.visit.is_read:
        slugs = (WEBSITE_SLUG, *apart.values())
        return [_answer(read.visit, slug, result=_OPEN, note=read.visit.reason) for slug in slugs]
    on_site = [one for one in read.statements if one.label.topic not in apart]
    website = _settled(read, WEBSITE_SLUG, statements=on_site) or _answer(
        read.visit, WEBSITE_SLUG, result=SeenResult.OK, note=_calm(read.visit)
    )
    return [website, *(_topic(read, topic, slug=slug) for topic, slug in apart.items())]


def _settled(read: Read, slug: str, *, statements: list[Standing]) -> ItemResult | None:
    """The answer where a deviation, a doubt or something unread decides it; None where nothing does."""
    theirs = read.belonging is None or read.belonging.verdict != BelongingVerdict.NOT_THEIRS
    if theirs and (deviating := [one for one in statements if one.is_deviation]):
        return _quoting(read.visit, deviating, slug=slug, result=SeenResult.DEVIATION)
    waiting = [one for one in statements if one.waits]
    if read.whose_not:
        return replace(_answer(read.visit, slug, result=_OPEN, note=read.whose_not), waits=theirs)
    if waiting:
        found = _quoting(read.visit, waiting, slug=slug, result=_OPEN)
        return replace(found, note=f"Väntar på att en person läser: {found.note}", waits=True)
    return None


def _topic(read: Read, topic: SeenTopic, *, slug: str) -> ItemResult:
    mine = [one for one in read.statements if one.label.topic == topic]
    if topic == SeenTopic.AGREEMENT:
        # What the website claims; others' agreements and news of them are no claim.
        mine = [one for one in mine if one.statement.label == _YES]
    elif settled := _settled(read, slug, statements=mine):
        return settled
    telling = [one for one in mine if not one.is_rejected and one.label.tone != Tone.ASIDE]
    if telling and not read.whose_not:
        return _quoting(read.visit, telling, slug=slug, result=SeenResult.OK)
    return _answer(read.visit, slug, result=_OPEN, note=_NOT_SHOWN[topic])


def _calm(visit: Visit) -> str:
    read = [page.outcome == "visited" for page in visit.pages.all()]
    unread = f" {read.count(False)} gick inte att läsa." if not all(read) else ""
    return (
        f"Antal sidor som systemet läste: {read.count(True)}.{unread} {visit.get_whose_display()}. "
        "Inget uttalande väntar på att en person läser det."
    )


def _quoting(visit: Visit, told: list[Standing], *, slug: str, result: SeenResult) -> ItemResult:
    """The words themselves, and the page of the first; the others' pages are on the visit's own page."""
    more = len(told) - _MOST_QUOTED
    words = [*map(_quoted, told[:_MOST_QUOTED]), *([f"Och {more} till, se besöket."] if more > 0 else [])]
    where = "" if slug == WEBSITE_SLUG else told[0].statement.page.url
    return _answer(visit, slug, result=result, note=" ".join(words), where=where)


def _answer(visit: Visit, slug: str, *, result: str, note: str, where: str = "") -> ItemResult:
    assert visit.at is not None
    who = f"Eget besök av {visit.ordered_by}" if visit.by_person else "Systemets besök på webbplatsen"
    digest = visit.manifest_sha256 or visit.archive_sha256
    return ItemResult(slug, str(result), note, who, where or visit.address, digest, visit.at)


def _quoted(one: Standing) -> str:
    snippet = one.statement.snippet
    short = snippet if len(snippet) <= _QUOTED else f"{snippet[:_QUOTED].rstrip()} …"
    return f"{one.label.words}: ”{short}”"


def _told(row: SeenItem) -> str:
    quoted = f"”{row.quotation}”" if row.quotation else ""
    words = " ".join(filter(None, [row.note, quoted, f"({row.where})" if row.where else ""]))
    return f"{row.get_topic_display()}: {words}" if words else ""
