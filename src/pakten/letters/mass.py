"""Mail that goes to many at once: it would drown the letters in the list, so it is shown by subject there.

Areas to the right say in ``AppConfig.ready`` which of theirs it is, by how ``about`` begins.
"""

from __future__ import annotations

from django.db.models import Q

_BEGINNINGS: list[str] = []


def register(beginning: str) -> None:
    """Messages whose ``about`` begins so are mass mail. Registering the same again changes nothing."""
    if beginning not in _BEGINNINGS:
        _BEGINNINGS.append(beginning)


def is_mass() -> Q:
    """The messages that are mass mail; none where no area has any."""
    found = Q(pk__in=[])
    for beginning in _BEGINNINGS:
        found |= Q(about__startswith=beginning)
    return found
