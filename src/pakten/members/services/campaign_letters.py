"""What the mails of a campaign say. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass

from pakten.core.templatetags.formats import date_long
from pakten.core.theme import theme
from pakten.members.models import Answer, Campaign, Recipient

PUBLIC_RECORD = (
    "Det du skickar till oss blir en allmän handling. Den kan lämnas ut om någon frågar efter den. "
    "Skriv inte känsliga personuppgifter."
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail's head line and text."""

    subject: str
    body: str


def first_letter(campaign: Campaign, *, organisation: str, link: str) -> Letter:
    """The first mail to a member."""
    text = campaign.text
    parts = [
        "Hej!",
        campaign.message,
        f"{text.title}, version {text.number}, gäller från och med {date_long(text.valid_from)}. "
        f"Medlemmarna i {theme().network} intygar att de står bakom den. Vi behöver veta om {organisation} "
        "gör det.",
        f"Läs texten, se vad som är nytt och svara här:\n{link}",
        f"Svara senast {date_long(campaign.answer_by)}. Det tar någon minut. Länken gäller bara "
        f"{organisation}: ge den bara till den som får företräda er i den här frågan.",
        "Är du fel person? Säg det på samma sida, så frågar vi någon annan.",
        _foot(),
    ]
    return Letter(f"{campaign.title}: svara senast {date_long(campaign.answer_by)}", _joined(parts))


def reminder(campaign: Campaign, *, organisation: str, link: str) -> Letter:
    """To who has not answered."""
    text = campaign.text
    parts = [
        "Hej!",
        f"Vi har inte fått något svar från {organisation} om {text.title}, version {text.number}.",
        f"Läs texten och svara här:\n{link}",
        f"Svara senast {date_long(campaign.answer_by)}. Du kan svara att ni intygar, eller att ni inte vill.",
        "Är du fel person? Säg det på samma sida.",
        _foot(),
    ]
    return Letter(f"Påminnelse: {campaign.title}", _joined(parts))


def moved(campaign: Campaign, *, organisation: str, link: str, why: str) -> Letter:
    """To who has not answered, when the last day is a later one."""
    text, last = campaign.text, date_long(campaign.answer_by)
    parts = [
        "Hej!",
        f"Ni får mer tid att svara om {text.title}, version {text.number}. Svara senast {last}.",
        why,
        f"Vi har inte fått något svar från {organisation}. Läs texten och svara här:\n{link}",
        "Är du fel person? Säg det på samma sida.",
        _foot(),
    ]
    return Letter(f"Mer tid att svara: {campaign.title}", _joined(parts))


def receipt(recipient: Recipient, *, number: str) -> Letter:
    """To who has answered; ``number`` is the answer's number in the diary."""
    campaign, organisation = recipient.campaign, recipient.membership.organisation.legal_name
    text = f"{campaign.text.title}, version {campaign.text.number}"
    if recipient.answer == Answer.PLEDGED:
        what = f"{organisation} har intygat {text}. Tack!"
    else:
        what = f"{organisation} har svarat att ni inte vill intyga {text}. Vi hör av oss till er."
    who = f"Svaret lämnades av {recipient.answered_by}. Det har nummer {number} i vårt diarium."
    wrong = "Stämmer det inte? Hör av dig till oss och nämn numret."
    return Letter("Vi har tagit emot ert svar", _joined(["Hej!", what, who, wrong, _foot()]))


def _foot() -> str:
    return f"{PUBLIC_RECORD}\n\nVänliga hälsningar\n{theme().city}, {theme().network}"


def _joined(parts: list[str]) -> str:
    return "\n\n".join(part for part in parts if part)
