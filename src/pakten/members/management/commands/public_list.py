"""``pakten public_list``: write the published list of members anew from the register."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from pakten.members.services import public_list


class Command(BaseCommand):
    help = "Write the published list of members anew. It keeps itself: this is for doubt and for repair."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and say how many rows were wrong."""
        written, gone = public_list.rebuild()
        self.stdout.write(f"Wrote {written} row{'' if written == 1 else 's'}, took away {gone}.")
