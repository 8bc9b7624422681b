"""``pakten verify_sheet``: whether a file or a digest is one of our control sheets."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pakten.core.templatetags.formats import moment
from pakten.sheets.queries import digest_in, verify
from vandel.evidence import digest_of_file

NOT_OURS = "Det här är inte ett av våra kontrollblad, eller så är det ändrat."


class Command(BaseCommand):
    """Exit code 0: ours. 1: not ours. 2 is for what can't be read, as everywhere."""

    help = "Säger om en fil eller en kontrollsumma (SHA-256) är ett av våra kontrollblad."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", metavar="FIL_ELLER_SUMMA", help="en fil, eller 64 tecken")

    def handle(self, *_args: Any, what: str, **_options: Any) -> None:
        digest = _digest(what)
        found = verify(digest)
        if found is None:
            raise CommandError(f"{NOT_OURS} SHA-256 {digest}", returncode=1)
        drawn = f", framtaget {moment(found.sheet.made_at)}" if found.sheet else ""
        name = found.organisation.name_shown
        self.stdout.write(f"Äkta: {name}, kontroll {moment(found.made_at)}{drawn}. SHA-256 {digest}")


def _digest(what: str) -> str:
    path = Path(what)
    if path.is_file():
        try:
            return digest_of_file(path)[0]
        except OSError as error:
            raise CommandError(f"Filen går inte att läsa: {what}", returncode=2) from error
    if digest := digest_in(what):
        return digest
    raise CommandError(f"Varken en fil eller en kontrollsumma: {what}", returncode=2)
