"""Why a register gave no answer, in Swedish. What it says of itself is quoted as it stands."""

from __future__ import annotations

from vandel.registers.facts import Outcome, RegisterFacts
from vandel.registers.refusal import RegisterHeld

# How the engine's reasons begin.
_REASONS = {
    "The register took too long": "Registret svarade inte i tid.",
    "The register could not be reached": "Registret gick inte att nå.",
    "The register has had too many questions": "Registret har fått för många frågor och ber oss vänta.",
    "The register answered with the fault": "Registret svarade med ett fel.",
    "The register answered with something else": "Registret svarade med något annat än uppgifter.",
    "The register's answer never ended": "Registrets svar tog aldrig slut.",
    "Bolagsverket gave no access": "Bolagsverket släppte inte in oss. Kontrollera inloggningen.",
    "Bolagsverket's answer is about another": "Registret svarade om ett annat nummer.",
    "GLEIF's answer is about another": "Registret svarade om ett annat nummer.",
    "Bolagsverket's answer says nothing": "Registret svarade utan att säga något om organisationen.",
    "The LEI is a sole trader's": "LEI-numret är en enskild näringsidkares. Sådana sparas inte.",
}
_FALLBACK = "Registret svarade inte så att svaret går att använda."


# By the codes of the engine's guards.
_OBJECTIONS = {
    "below_floor": "färre organisationer än registret brukar ha",
    "promised": "ett annat antal än filen själv uppger",
    "shrunk": "mer än tre procent färre än förra gången",
    "gone": "många från förra gången saknas",
    "renamed": "många heter något annat än förra gången",
}


def objections(held: RegisterHeld) -> str:
    """Why a person has to look at the file first, in one sentence; empty where the guards say nothing."""
    reasons = held.params.get("reasons")
    codes = [each["code"] for each in reasons] if isinstance(reasons, list) else []
    words = [_OBJECTIONS[code] for code in codes if code in _OBJECTIONS]
    return f"Den har {', '.join(words)}." if words else ""


def why_not(said: RegisterFacts) -> str:
    """One sentence; empty for what was found."""
    if said.outcome is Outcome.FOUND:
        return ""
    if said.outcome is Outcome.NOT_FOUND:
        return "Numret finns inte där."
    return next((words for begin, words in _REASONS.items() if said.reason.startswith(begin)), _FALLBACK)
