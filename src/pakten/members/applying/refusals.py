"""Why an application could not go on, in a sentence for the applicant."""

from __future__ import annotations

from pakten.members.queries.drafts import Standing
from pakten.organisations.refusals import Refused


class AlreadySent(Refused):
    """The application is with us; nothing in the draft is changed any more."""

    def __init__(self) -> None:
        super().__init__("Ansökan är redan skickad.")


class NotWhole(Refused):
    """A step has no answer yet, or must be answered anew. ``slug`` names it."""

    def __init__(self, slug: str, sentence: str) -> None:
        super().__init__(sentence)
        self.slug = slug


class NotFree(Refused):
    """The organisation is a member already, or has an application that waits."""

    def __init__(self, standing: Standing) -> None:
        member = standing is Standing.MEMBER
        super().__init__(
            "Organisationen är redan medlem." if member else "Det finns redan en ansökan från organisationen."
        )
        self.standing = standing
