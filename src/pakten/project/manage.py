"""The operator's command line: ``pakten <command>``, Django's management with our settings."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one management command from ``sys.argv``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pakten.project.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
