"""How a visit ended. All but one mean that the website was not read, which is never the same as clean."""

from __future__ import annotations

from enum import StrEnum

from vandel.errors import InputError


class Outcome(StrEnum):
    """The end of a visit or of one page's fetch."""

    VISITED = "visited"
    BAD_ADDRESS = "bad_address"
    NOT_PUBLIC = "not_public"  # an address that we must not ask: private, inner, another port
    NO_SUCH_NAME = "no_such_name"
    NO_CONNECTION = "no_connection"
    BAD_CERTIFICATE = "bad_certificate"
    TOO_SLOW = "too_slow"
    NOT_OUR_TURN = "not_our_turn"  # another visit of ours asked the host until the time was out
    TOO_LARGE = "too_large"
    TOO_COMPLEX = "too_complex"
    REDIRECTS = "redirects"
    BROKEN_ANSWER = "broken_answer"
    HTTP_ERROR = "http_error"
    NOT_A_PAGE = "not_a_page"  # a picture, a document, a program
    ROBOTS = "robots"
    LOGIN = "login"
    PARKED = "parked"
    SOCIAL_NETWORK = "social_network"
    NO_TEXT = "no_text"  # built by scripts, which are not run

    @property
    def is_read(self) -> bool:
        """Whether there is something to read. Everything else is "could not visit": a task for somebody."""
        return self is Outcome.VISITED

    @property
    def is_worth_retrying(self) -> bool:
        """Whether a later visit may well end otherwise without anybody doing anything."""
        return self in _PASSING


_PASSING = frozenset(
    {
        Outcome.NO_SUCH_NAME, Outcome.NO_CONNECTION, Outcome.TOO_SLOW, Outcome.NOT_OUR_TURN,
        Outcome.BROKEN_ANSWER, Outcome.HTTP_ERROR, Outcome.ROBOTS,
    }
)  # fmt: skip


class NotVisited(InputError):
    """A page could not be had; ``outcome`` says why, the sentence says it to people."""

    def __init__(self, outcome: Outcome, sentence: str, **params: object) -> None:
        super().__init__(f"website.{outcome}", sentence, **params)
        self.outcome = outcome
