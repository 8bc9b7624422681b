"""What the diary says of a message: its kind and the fact that it is about, never words that a person wrote.

The diary is open to everybody: names and other personal data stay in the paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pakten.members.models import Message, MessageDirection, MessageKind
from pakten.organisations.facts import CHANGEABLE
from pakten.organisations.models import Organisation, OrganisationName, PersonRole

if TYPE_CHECKING:
    from pakten.members.services.messages import Written

_IN, _OUT = MessageDirection.IN, MessageDirection.OUT
_TITLES = {
    (MessageKind.MESSAGE, _IN): "Meddelande från organisation",
    (MessageKind.MESSAGE, _OUT): "Meddelande till organisation",
    (MessageKind.QUESTION, _IN): "Fråga från organisation",
    (MessageKind.QUESTION, _OUT): "Fråga om uppgifter",
    (MessageKind.CORRECTION, _IN): "Rättelse av uppgift",
    (MessageKind.CORRECTION, _OUT): "Rättelse av uppgift",
    (MessageKind.LEAVING, _IN): "Begäran om utträde ur nätverket",
    (MessageKind.LEAVING, _OUT): "Om utträde ur nätverket",
}
_ANSWERED = {
    MessageKind.MESSAGE: "meddelande",
    MessageKind.QUESTION: "fråga",
    MessageKind.CORRECTION: "rättelse av uppgift",
    MessageKind.LEAVING: "begäran om utträde",
}
_COLUMNS = (*CHANGEABLE, "legal_form", "country")
# The parts of a member's file that are not columns; what stands after the colon is never repeated.
_PARTS = frozenset(
    {
        "ägare",
        "huvudkontakt",
        "kontaktperson",
        "moderorganisation",
        "arbetsställe",
        "medlemskap",
        "kollektivavtal",
        "öppen medlemslista",
        *(str(role.label).casefold() for role in PersonRole),
        *(str(kind.label).casefold() for kind in OrganisationName.Kind),
    }
)


def title_of(written: Written, *, direction: MessageDirection, reply_to: Message | None = None) -> str:
    """The short content of the record that a message becomes."""
    if reply_to is not None:
        number = f" {reply_to.record}" if reply_to.record else ""
        return f"Svar på {_ANSWERED[MessageKind(reply_to.kind)]}{number}"
    about = fact_in_words(written.fact)
    title = _TITLES[written.kind, direction]
    return f"{title}: {about}" if about else title


def fact_in_words(fact: str) -> str:
    """What kind of fact it is, in words of ours; empty where they are somebody else's."""
    if fact in _COLUMNS:
        return str(Organisation._meta.get_field(fact).verbose_name).lower()  # type: ignore[union-attr]
    part = fact.partition(":")[0].strip().casefold()
    return part if part in _PARTS else ""
