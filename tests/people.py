"""Named people with a known reach, one for each role. All are invented.

Handläggare Hanna controls, chef Cecilia decides, revisor Rut reads the log, kontaktperson Kim sees only the
own organisation; Utan has an account and no role.
"""

from __future__ import annotations

import time

from django.test import Client

from pakten.accounts.models import Role, RoleAssignment, User

PEOPLE: dict[Role, tuple[str, str]] = {
    Role.MEMBER_CONTACT: ("kim", "Kim Kontaktsson"),
    Role.CASE_OFFICER: ("hanna", "Hanna Handläggarsson"),
    Role.MANAGER: ("cecilia", "Cecilia Chefsdotter"),
    Role.DIRECTOR: ("doris", "Doris Direktörsson"),
    Role.REGISTRAR: ("rakel", "Rakel Registrator"),
    Role.BOARD_SECRETARY: ("sven", "Sven Sekreterare"),
    Role.BOARD_MEMBER: ("lena", "Lena Ledamot"),
    Role.RECEIVING_UNIT: ("maja", "Maja Mottagare"),
    Role.AUDITOR: ("rut", "Rut Revisorsdotter"),
    Role.ADMINISTRATOR: ("adam", "Adam Administratör"),
}


def person(role: Role | None, *, again: int = 0) -> User:
    """The person with this one role, made when first asked for; ``again`` gives another one of the same."""
    username, name = PEOPLE[role] if role else ("utan", "Utan Roll")
    first, last = name.split()
    suffix = str(again) if again else ""
    user, made = User.objects.get_or_create(
        username=username + suffix, defaults={"first_name": first, "last_name": last + suffix}
    )
    if made and role:
        RoleAssignment.objects.create(user=user, role=role)
    return user


def sign_in(client: Client, user: User) -> None:
    """Sign the person in as by password a moment ago, so that no page asks for the password again."""
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
