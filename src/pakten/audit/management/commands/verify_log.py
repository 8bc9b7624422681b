"""``pakten verify_log``: compute every digest of the log anew."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from pakten.audit.queries import outside_changes
from pakten.audit.services import note_outside
from pakten.audit.verification import Checkpoint, checkpoint, stored_rows, verify
from vandel.errors import InputError


class Command(BaseCommand):
    help = "Verify the log. Exit code 0: it stands; 1: it does not (names the first bad entry); 2: bad input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to hold the log against."""
        parser.add_argument("--checkpoint", type=Path, help="a file that `pakten checkpoint` wrote earlier")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say that the log stands, or fail with the first bad entry."""
        against = _read(options["checkpoint"]) if options["checkpoint"] else None
        rows = tqdm(
            stored_rows(), total=checkpoint().sequence, unit=" entries", disable=not sys.stderr.isatty()
        )
        result = verify(against, rows=rows)
        if not result.ok:
            raise CommandError(f"The log does not stand. Entry {result.first_bad}: {result.problem}.")
        note_outside()
        self.stdout.write(f"The log stands: {result.entries} entries, last digest {result.head}")
        if outside := outside_changes().count():
            latest = outside_changes()[0]
            self.stdout.write(
                f"Changed outside the application: {outside} rows, the latest {latest} at {latest.at}"
            )


def _read(path: Path) -> Checkpoint:
    try:
        return Checkpoint.from_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} can't be read.", returncode=2) from error
    except InputError as error:
        raise CommandError(f"{path}: {error.sentence}", returncode=2) from error
