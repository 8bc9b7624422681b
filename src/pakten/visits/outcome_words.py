"""How a visit ended, in plain Swedish: why, and what helps."""

from __future__ import annotations

from pakten.visits.models import VisitOutcome

_WHY: dict[str, str] = {
    VisitOutcome.NO_ADDRESS: "Vi känner inte till någon webbplats. Fråga organisationen.",
    VisitOutcome.BAD_ADDRESS: "Det som står som webbplats är ingen webbadress. Rätta uppgiften.",
    VisitOutcome.NOT_PUBLIC: "Adressen leder till ett inre nät eller till en port som webbplatser inte "
    "använder. Dit frågar vi inte. Kontrollera adressen med organisationen.",
    VisitOutcome.NO_SUCH_NAME: "Det finns ingen webbplats med den adressen. Kontrollera hur den stavas.",
    VisitOutcome.NO_CONNECTION: "Webbplatsen svarar inte. Försök igen en annan dag.",
    VisitOutcome.BAD_CERTIFICATE: "Webbplatsens certifikat gäller inte för adressen, så vi vet inte vem som "
    "svarar. Fråga organisationen.",
    VisitOutcome.TOO_SLOW: "Webbplatsen svarade för långsamt. Försök igen en annan dag.",
    VisitOutcome.NOT_OUR_TURN: "Vi läste samma webbplats i ett annat besök och hann inte med det här. Försök "
    "igen.",
    VisitOutcome.TOO_LARGE: "Startsidan är större än vi läser. Titta själv i en webbläsare.",
    VisitOutcome.TOO_COMPLEX: "Startsidan är för invecklad för att läsas säkert. Titta själv i webbläsaren.",
    VisitOutcome.REDIRECTS: "Webbplatsen skickade oss vidare för många gånger. Titta själv i en webbläsare.",
    VisitOutcome.BROKEN_ANSWER: "Webbplatsens svar gick inte att förstå. Försök igen en annan dag.",
    VisitOutcome.HTTP_ERROR: "Webbplatsen svarade med ett fel. Försök igen en annan dag.",
    VisitOutcome.NOT_A_PAGE: "Adressen leder till en fil och inte till en webbsida. Titta själv.",
    VisitOutcome.ROBOTS: "Webbplatsen ber program att inte läsa den. Titta själv, eller bestäm med ett skäl "
    "att startsidan ska läsas ändå.",
    VisitOutcome.LOGIN: "Webbplatsen visas bara för den som loggar in. Fråga organisationen.",
    VisitOutcome.PARKED: "Adressen är parkerad, till salu eller inte färdig. Fråga organisationen.",
    VisitOutcome.SOCIAL_NETWORK: "Adressen leder till ett socialt nätverk. Titta själv på sidan där.",
    VisitOutcome.NO_TEXT: "Sidan har ingen text utan skript, och skript kör vi inte. Titta själv i en "
    "webbläsare.",
    VisitOutcome.OUR_FAULT: "Något gick fel hos oss. Försök igen, eller kontakta administratören.",
}


def page_ended(outcome: str) -> str:
    """How one page of a visit ended, in words; the server's codes are in the evidence."""
    if outcome == VisitOutcome.VISITED:
        return "Läst"
    words = VisitOutcome(outcome).label if outcome in VisitOutcome.values else ""
    return f"Inte läst: {words[:1].lower()}{words[1:]}" if words else "Inte läst"


def reason_for(outcome: str, *, status: int | None = None, pages: int = 0) -> str:
    """The reason as a person reads it. ``status`` is the server's code, told where it answered an error."""
    if outcome == VisitOutcome.VISITED:
        return f"Systemet läste {pages} {'sida' if pages == 1 else 'sidor'}."
    why = _WHY.get(outcome, "Webbplatsen gick inte att läsa.")
    return f"{why} Svaret hade koden {status}." if outcome == VisitOutcome.HTTP_ERROR and status else why
