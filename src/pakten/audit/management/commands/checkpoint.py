"""``pakten checkpoint``: the end of the log as it is now, to be kept elsewhere."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from pakten.audit.verification import checkpoint


class Command(BaseCommand):
    help = "Print the log's end (number of entries, last digest) as one line, to be kept elsewhere."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line of JSON."""
        self.stdout.write(checkpoint().to_json())
