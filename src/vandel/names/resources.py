"""Reference data of the package: YAML under ``vandel/resources``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def resource(name: str) -> Any:
    """The content of ``resources/<name>.yml``. Callers share it and must not change it."""
    text = files("vandel").joinpath("resources", f"{name}.yml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - CSafeLoader is a safe loader
