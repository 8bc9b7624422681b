"""The product in a process of its own, on the database of the test that runs."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def product_environment() -> dict[str, str]:
    """The environment for ``python -m pakten.project.manage``; use it in tests with real transactions."""
    return os.environ | {
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "pakten.project.settings",
        "PAKTEN_DATABASE": database_address(),
        "PAKTEN_SECRET_KEY": settings.SECRET_KEY,
    }


def database_address() -> str:
    described = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(str(described['NAME']))}"
    who = f"{quote(described['USER'])}:{quote(described['PASSWORD'])}@" if described["USER"] else ""
    place = f"{described['HOST']}:{described['PORT']}" if described["HOST"] else ""
    return f"postgresql://{who}{place}/{described['NAME']}"
