"""``pakten demo``: fill an empty database with the invented network and the invented list."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from pakten.accounts.services import add_demo_people
from pakten.demo.alerts import seed_alerts
from pakten.demo.applications import seed_applications
from pakten.demo.companies import seed_register
from pakten.demo.contacts import seed_correspondence
from pakten.demo.deviations import seed_deviations
from pakten.demo.editions import seed_editions
from pakten.demo.network import build_network
from pakten.demo.past import seed_past
from pakten.demo.pledges import seed_pledges
from pakten.demo.register import FORMS, write_register
from pakten.demo.seed import NotEmpty, administrator
from vandel.errors import InputError


class Command(BaseCommand):
    help = (
        "Store the invented people, network and list, once. Needs PAKTEN_DEMO=1: their password is no secret."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A file to write instead."""
        parser.add_argument(
            "--register",
            type=Path,
            metavar="FILE",
            help="instead, write the network as a member register (.xlsx or .csv) to try the import on",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed what is missing and say what was done, or write the register."""
        if path := options["register"]:
            self._write_register(path)
        else:
            self._seed()

    def _write_register(self, path: Path) -> None:
        if path.suffix.lower() not in FORMS:
            raise CommandError(f"The register is written as {' or '.join(FORMS)}, not {path}.", returncode=2)
        try:
            written = write_register(build_network(), path)
        except InputError as error:
            raise CommandError(error.sentence, returncode=2) from error
        self.stdout.write(f"Wrote {written} invented members to {path}.")

    def _seed(self) -> None:
        if not settings.DEMO:
            raise CommandError("Set PAKTEN_DEMO=1: the demo's password is known to everybody.", returncode=2)
        try:
            now = timezone.now()
            seeded = seed_past(now=now)
            editions = seed_editions(actor=administrator(), now=now)
            seed_register(add_demo_people())
            seed_pledges(add_demo_people(), now=now)
            seed_applications(add_demo_people())
            seed_correspondence(add_demo_people(), now=now)
            # Kim's own member is known first now.
            seed_deviations(add_demo_people(), late=True)
            seed_alerts(add_demo_people())
        except NotEmpty as error:
            raise CommandError(str(error), returncode=2) from error
        self.stdout.write(
            f"The demo is {'in place' if seeded.new or editions else 'there already'}: "
            f"{seeded.members} invented members and an invented list."
        )
