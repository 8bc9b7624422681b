"""The operator's command line: ``pakten <command>``, Django's management with our settings."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one management command from ``sys.argv``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pakten.project.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fault:
        # What the operator has to set right; where it was found helps nobody.
        print(fault, file=sys.stderr)  # noqa: T201 - the operator's screen
        sys.exit(2)


if __name__ == "__main__":
    main()
