"""``pakten register FILE``: read in a register's file, so that forms can be filled in from the number."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pakten.core.sentences import in_swedish
from pakten.organisations.refusals import Refused
from pakten.organisations.services.registers import load_register
from vandel.errors import InputError


class Command(BaseCommand):
    help = "Read in a CSV or Excel file of organisations: number, name, form, address, place, status."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and what register it comes from."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="the register's name, as people will read it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Store it all, or say in one line why not."""
        try:
            loaded = load_register(options["file"], source=options["source"], actor=None)
        except InputError as error:
            raise CommandError(in_swedish(error), returncode=2) from error
        except Refused as refusal:
            raise CommandError(refusal.sentence, returncode=2) from refusal
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}", returncode=2) from error
        self.stdout.write(f"Stored {loaded.stored} organisations; passed over {loaded.passed_over} rows.")
