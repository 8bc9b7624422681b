"""What every template must keep to, read from the templates themselves."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

# A component evaluates ``:name="..."`` as a variable, not as an expression: a filter needs braces of its own.
_BARE_FILTER = re.compile(r'\s:[a-z-]+="[^"{]*\|[^"{]*"')


def test_no_component_is_given_a_filter_that_it_does_not_see() -> None:
    folder = Path(settings.BASE_DIR) / "src" / "pakten"
    seen = sorted(folder.rglob("templates/**/*.html"))
    assert len(seen) > 100
    bare = [
        f"{path.relative_to(folder)}: {found.group().strip()}"
        for path in seen
        for found in _BARE_FILTER.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not bare, "the component shows nothing for:\n" + "\n".join(bare)
