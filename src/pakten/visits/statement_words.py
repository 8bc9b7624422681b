"""What the engine's labels mean to people: in words, under which topic, and whether a person must read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pakten.visits.models import SeenTopic


class Tone(StrEnum):
    """What a reading asks of us. Only *read* waits for a person; the machine settles nothing."""

    READ = "read"
    DISTANCE = "distance"
    GOOD = "good"
    INFORMATION = "information"
    ASIDE = "aside"


TONE_WORDS = {
    Tone.READ: "Behöver läsas av en person",
    Tone.DISTANCE: "Avstånd som inte är slutfört: behöver läsas av en person",
    Tone.GOOD: "Talar för organisationen",
    Tone.INFORMATION: "Upplysning",
    Tone.ASIDE: "Lagt åt sidan som ofarligt",
}


@dataclass(frozen=True, slots=True)
class Label:
    """``words`` is how the machine read the passage; ``paper`` which of the city's four ways of distance."""

    words: str
    topic: SeenTopic
    tone: Tone
    paper: str = ""

    @property
    def needs_person(self) -> bool:
        return self.tone in (Tone.READ, Tone.DISTANCE)


_RUSSIA, _ENERGY = SeenTopic.RUSSIA, SeenTopic.ENERGY
LABELS: dict[str, Label] = {
    "russia_operations_ongoing": Label("Har verksamhet i Ryssland eller Belarus", _RUSSIA, Tone.READ),
    "russia_investment_remaining": Label("Har kvar ryska innehav", _RUSSIA, Tone.READ),
    "russian_owner": Label("Har en ägare i Ryssland", _RUSSIA, Tone.READ),
    "russia_energy_dependent": Label("Använder energi från Ryssland", _ENERGY, Tone.READ),
    "russia_exit_planned": Label(
        "Har beslutat att lämna, men inte slutfört", _RUSSIA, Tone.DISTANCE, "förbereder exit"
    ),
    "russia_sales_stopped": Label(
        "Har stoppat försäljning eller samarbete", _RUSSIA, Tone.DISTANCE, "har stoppat försäljningen"
    ),
    "russia_no_new_projects": Label(
        "Tar inga nya uppdrag där", _RUSSIA, Tone.DISTANCE, "avstår från nya projekt"
    ),
    "russia_energy_independence_planned": Label(
        "Planerar att sluta med energi från Ryssland", _ENERGY, Tone.DISTANCE
    ),
    "russia_exit_done": Label("Har lämnat Ryssland", _RUSSIA, Tone.GOOD, "har stängt kontor"),
    "russia_purchasing_stopped": Label("Har slutat köpa från Ryssland", _RUSSIA, Tone.GOOD),
    "russia_none_stated": Label("Säger sig inte ha något i Ryssland", _RUSSIA, Tone.GOOD),
    "collective_agreement_yes": Label("Säger sig ha kollektivavtal", SeenTopic.AGREEMENT, Tone.GOOD),
    "collective_agreement_no": Label(
        "Säger sig inte ha kollektivavtal", SeenTopic.AGREEMENT, Tone.INFORMATION
    ),
    "collective_agreement_info": Label("Skriver om kollektivavtal", SeenTopic.AGREEMENT, Tone.ASIDE),
    "values_stated": Label("Ställer sig bakom likabehandling", SeenTopic.VALUES, Tone.GOOD),
    "values_contradicted": Label("Stänger ute eller skiljer på människor", SeenTopic.VALUES, Tone.READ),
    "innocent_mention": Label("Nämner Ryssland på ett ofarligt sätt", _RUSSIA, Tone.ASIDE),
}


def label_of(label: str) -> Label:
    """What a label means; one that a newer engine has and we don't know is for a person to read."""
    return LABELS.get(label, Label("Ny sorts läsning", SeenTopic.WEBSITE, Tone.READ))


TO_READ = frozenset(name for name, label in LABELS.items() if label.needs_person)
# What waits for nobody. A label that we don't know is not among these.
ASIDE = frozenset(LABELS) - TO_READ
