"""A page's text cut into parts, so that what was found in it can be shown where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from pakten.visits.models import FoundStatement, Visit, VisitPage
from pakten.visits.statement_words import label_of


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text. ``anchors`` are ids of the marks that begin here; ``said`` what they were read as."""

    text: str
    is_marked: bool = False
    anchors: tuple[str, ...] = ()
    said: str = ""


def marked(text: str, *, page: VisitPage, visit: Visit) -> list[Part]:
    """The whole text in order; marks may overlap and are cut where one begins or ends."""
    spans = [
        (row.start, row.end, f"u{row.pk}", label_of(row.label).words)
        for row in FoundStatement.objects.filter(page=page)
    ]
    spans += [
        (sign["start"], sign["end"], f"t{sign['start']}", "")
        for sign in visit.signs
        if sign["url"] == page.url and sign["part"] == "full" and sign["words"]
    ]
    cuts = sorted({0, len(text), *(cut for span in spans for cut in span[:2] if cut <= len(text))})
    parts = []
    for start, end in pairwise(cuts):
        over = [span for span in spans if span[0] <= start and end <= span[1]]
        anchors = dict.fromkeys(span[2] for span in over if span[0] == start)
        said = "; ".join(dict.fromkeys(span[3] for span in over if span[0] == start and span[3]))
        parts.append(Part(text[start:end], bool(over), tuple(anchors), said))
    return parts
