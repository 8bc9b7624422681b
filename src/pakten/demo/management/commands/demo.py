"""``pakten demo``: fill an empty database with the invented network and the invented list."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from pakten.demo.editions import seed_editions
from pakten.demo.seed import NotEmpty, administrator, seed_network


class Command(BaseCommand):
    help = (
        "Store the invented people, network and list, once. Needs PAKTEN_DEMO=1: their password is no secret."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed what is missing and say what was done."""
        if not settings.DEMO:
            raise CommandError("Set PAKTEN_DEMO=1: the demo's password is known to everybody.", returncode=2)
        try:
            now = timezone.now()
            seeded = seed_network(now=now)
            editions = seed_editions(actor=administrator(), now=now)
        except NotEmpty as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(
            f"The demo is {'in place' if seeded.new or editions else 'there already'}: "
            f"{seeded.members} invented members and an invented list."
        )
