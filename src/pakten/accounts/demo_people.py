"""The invented people of the demo network. Their password is no secret: they exist only where DEMO is on."""

from __future__ import annotations

from dataclasses import dataclass

from pakten.accounts.models import Role

DEMO_PASSWORD = "vandel-och-vilja"  # noqa: S105 - invented, printed by `make run`


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to sign in as, and what the role is for, in one sentence."""

    username: str
    first_name: str
    last_name: str
    role: Role
    does: str
    email: str = ""


DEMO_SIGN_INS: tuple[DemoPerson, ...] = (
    DemoPerson(
        "hanna", "Hanna", "Granlid", Role.CASE_OFFICER, "Kontrollerar nätverket och bedömer namnlikheter."
    ),
    DemoPerson("cecilia", "Cecilia", "Almroth", Role.MANAGER, "Beslutar om medlemskap och läser loggen."),
    DemoPerson("disa", "Disa", "Ekenborg", Role.DIRECTOR, "Håller med om beslut eller skickar tillbaka dem."),
    DemoPerson(
        "rakel", "Rakel", "Norrbacka", Role.REGISTRAR, "Sköter diariet och prövar begäran om handling."
    ),
    DemoPerson(
        "signe", "Signe", "Dalborg", Role.BOARD_SECRETARY, "Anmäler beslut till nämnden och läser diariet."
    ),
    DemoPerson("rut", "Rut", "Sandelius", Role.AUDITOR, "Läser allt, ändrar inget, prövar loggen."),
    DemoPerson(
        "kim",
        "Kim",
        "Ekskog",
        Role.MEMBER_CONTACT,
        "Ser och rättar det som staden vet om den egna organisationen.",
        email="kim.ekskog@exempel.example",
    ),
    DemoPerson("adam", "Adam", "Fjällborg", Role.ADMINISTRATOR, "Sköter listor, jobb och konton."),
)
