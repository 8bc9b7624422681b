"""For everybody's tests: goals and values that are published and can be pledged.

``published_texts()`` gives version 1 of both, in force since 16 September 2019, published by Cecilia. After
a migration there are drafts only: call it wherever a test lets an organisation apply or pledge itself.
"""

from __future__ import annotations

from tests.people import person

from pakten.accounts.models import Role
from pakten.members.models import PledgeText, TextKind
from pakten.members.services.texts import publish_first_texts


def published_texts() -> dict[TextKind, PledgeText]:
    """Version 1 of the goals (``TextKind.GOALS``) and of the values (``TextKind.VALUES``)."""
    return publish_first_texts(person(Role.MANAGER))
