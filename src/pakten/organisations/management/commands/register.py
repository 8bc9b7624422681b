"""``pakten register FILE``: read in a register's file, so that forms can be filled in from the number."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from pakten.core.sentences import in_swedish
from pakten.organisations.refusals import Refused
from pakten.organisations.services.registers import RegisterArrival, own_register_id, take_register
from vandel.errors import InputError


class Command(BaseCommand):
    help = "Read in a register's file: a bulk file, or a table of organisations (CSV or Excel)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and what register it comes from."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", help="the name of a register of your own, as people will read it")
        parser.add_argument("--register", help="the id of a register in the catalogue, such as scb")
        parser.add_argument("--accept-because", default="", help="accept what the guards hold; it is kept")

    def handle(self, *args: Any, **options: Any) -> None:
        """Store it all, or say in one line why not."""
        try:
            title = options["source"] or ""
            arrival = RegisterArrival(timezone.now(), title=title, override_reason=options["accept_because"])
            register_id = options["register"] or own_register_id(title)
            row = take_register(register_id, options["file"], actor=None, arrival=arrival)
        except InputError as error:
            raise CommandError(in_swedish(error), returncode=2) from error
        except Refused as refusal:
            raise CommandError(refusal.sentence, returncode=2) from refusal
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}", returncode=2) from error
        self.stdout.write(f"Stored {row.entries} organisations: edition {row.edition_id} of {row.pk}.")
