"""Standard sentences for each kind: a start for what a person writes, never in place of it."""

from __future__ import annotations

from dataclasses import dataclass

from pakten.decisions.models import DecisionKind


@dataclass(frozen=True, slots=True)
class Phrases:
    """``text`` has ``{board}`` and ``{label}``; ``reasons`` are sentences to choose from and add to."""

    text: str
    reasons: tuple[str, ...]


PHRASES: dict[DecisionKind, Phrases] = {
    DecisionKind.MEMBERSHIP_ACCEPT: Phrases(
        "{board} tar emot {label} som medlem i nätverket.",
        (
            "Organisationen har intygat nätverkets mål och stadens värdegrund.",
            "Kontrollen visade inget som talar emot medlemskapet.",
        ),
    ),
    DecisionKind.MEMBERSHIP_ACCEPT_WITH_NOTE: Phrases(
        "{board} tar emot {label} som medlem i nätverket med en anmärkning.",
        (
            "Kontrollen visade en avvikelse som inte hindrar medlemskapet.",
            "Organisationen har förklarat avvikelsen.",
            "En uppgift gick inte att kontrollera. Den följs upp.",
        ),
    ),
    DecisionKind.MEMBERSHIP_REFUSE: Phrases(
        "{board} tar inte emot {label} som medlem i nätverket.",
        (
            "Organisationen uppfyller inte kravet:",
            "Organisationen har inte lämnat de uppgifter som vi bad om.",
            "Organisationen har fått tillfälle att yttra sig.",
        ),
    ),
    DecisionKind.APPLICATION_PAUSE: Phrases(
        "{board} väntar med beslutet om medlemskap för {label}.",
        (
            "Kontrollen visade en avvikelse som behöver utredas.",
            "Ett register som vi behöver gick inte att nå.",
        ),
    ),
    DecisionKind.MEMBERSHIP_PAUSE: Phrases(
        "{board} gör medlemskapet för {label} vilande.",
        (
            "Organisationen har själv bett om det.",
            "Kontrollen visade en avvikelse som behöver utredas.",
        ),
    ),
    DecisionKind.MEMBERSHIP_RESUME: Phrases(
        "{board} låter medlemskapet för {label} gälla igen.",
        ("Skälet till att medlemskapet var vilande finns inte längre.",),
    ),
    DecisionKind.MEMBERSHIP_END: Phrases(
        "{board} avslutar medlemskapet för {label}.",
        (
            "Organisationen har själv begärt utträde.",
            "Organisationen uppfyller inte längre kravet:",
            "Organisationen finns inte längre.",
        ),
    ),
    DecisionKind.DEVIATION_ACCEPTED: Phrases(
        "{board} godtar avvikelsen hos {label}.",
        ("Avvikelsen är förklarad och har liten betydelse för medlemskapet.",),
    ),
    DecisionKind.DEVIATION_ESCALATE: Phrases(
        "{board} eskalerar avvikelsen hos {label}.",
        (
            "Avvikelsen är allvarlig och behöver bedömas av fler.",
            "Organisationen har inte förklarat avvikelsen.",
        ),
    ),
    DecisionKind.DEVIATION_BLOCK: Phrases(
        "{board} spärrar {label} för nätverkets särskilda ändamål tills vidare. Medlemskapet består.",
        ("Avvikelsen är så allvarlig att organisationen inte kan föreslås för ett ändamål.",),
    ),
    DecisionKind.DEVIATION_LOWER: Phrases(
        "{board} sänker nivån på avvikelsen hos {label}.",
        ("Det som beslutet byggde på har ändrats.", "Organisationen har förklarat avvikelsen."),
    ),
}


def standard_text(kind: DecisionKind, label: str, *, board: str) -> str:
    """What is decided, in the board's name: ``Arbetsmarknadsnämnden tar emot Björken AB som medlem ...``."""
    return PHRASES[DecisionKind(kind)].text.format(board=board, label=label)


def standard_reasons(kind: DecisionKind) -> tuple[str, ...]:
    """Sentences to choose from; free reasons stand beside them."""
    return PHRASES[DecisionKind(kind)].reasons
