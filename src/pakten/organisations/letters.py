"""What contact persons are told by e-mail: that we keep their details, and how they sign in."""

from __future__ import annotations

from pakten.organisations.models import ContactPerson

_KEPT = (
    "Vi har antecknat dig som kontaktperson för {organisation}. Vi sparar ditt namn, din roll, din "
    "e-postadress och ditt telefonnummer för att kunna nå organisationen. "
    "Uppgifterna kommer från: {source}.\n\n"
    "Du kan när som helst be oss att rätta eller ta bort dem. Uppgifterna finns i en myndighets register "
    "och kan lämnas ut om någon frågar efter dem."
)
_SIGN_IN = (
    "Du kan nu logga in och se allt som staden vet om {organisation}, rätta det som är fel och skriva till "
    "oss.\n\n"
    "Så loggar du in: välj ”Få en kod via e-post” på inloggningssidan och skriv {email}. "
    "Du får en kod till den adressen. Du behöver inget lösenord."
)


def information(contact: ContactPerson) -> tuple[str, str]:
    """Subject and text: what we keep of the person, from where and why."""
    organisation = str(contact.organisation)
    return (
        f"Du är kontaktperson för {organisation}",
        _letter(contact, _KEPT.format(organisation=organisation, source=contact.source)),
    )


def invitation(contact: ContactPerson) -> tuple[str, str]:
    """Subject and text: how the person signs in, and what we keep."""
    organisation = str(contact.organisation)
    paragraphs = (
        _SIGN_IN.format(organisation=organisation, email=contact.email),
        _KEPT.format(organisation=organisation, source=contact.source),
    )
    return f"Logga in för {organisation}", _letter(contact, *paragraphs)


def _letter(contact: ContactPerson, *paragraphs: str) -> str:
    return "\n\n".join((f"Hej {contact.name}!", *paragraphs, "Hälsningar\nNätverkskontoret"))
