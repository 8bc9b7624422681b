"""Seconds to draw up every control sheet of a run over the demo's 370 members, and to hand them all out.

    PAKTEN_VAR=/a/folder python -m bench.sheets --out bench/sheets/RESULTS.md

Makes a demo in ``PAKTEN_VAR`` where there is none. Everything in it is invented.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SECONDS: dict[str, float] = {}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, help="where to keep the figures; else they are only shown")
    arguments = parser.parse_args()
    _ready()
    text = measure()
    if arguments.out:
        arguments.out.write_text(text, encoding="utf-8")
    print(text)


def _ready() -> None:
    os.environ["PAKTEN_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pakten.project.settings")
    from pakten.project.secret import make_secret_key

    make_secret_key(Path(os.environ["PAKTEN_VAR"]))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("demo", verbosity=0)


@contextmanager
def timed(step: str) -> Iterator[None]:
    """Keep how long it took."""
    start = time.perf_counter()
    yield
    SECONDS[step] = time.perf_counter() - start


def measure() -> str:
    """Control everybody, draw all sheets twice, and hand them out."""
    from pakten.accounts.models import Role, User
    from pakten.checks.services import control, runs
    from pakten.sheets import queries, services
    from pakten.sheets.models import Sheet
    from pakten.sheets.workbook import workbook
    from pakten.sheets.zipping import zip_of

    officer = User.objects.filter(role_assignments__role=Role.CASE_OFFICER).earliest("pk")
    run = runs.start(actor=officer)
    with timed("control the network"):
        run = control.execute(run.pk, tell=_quiet)
    with timed("draw up all sheets"):
        new = services.draw_run(run, actor=officer, tell=_quiet)
    with timed("draw them up again, nothing changed"):
        again = services.draw_run(run, actor=officer, tell=_quiet)
    with timed("hand them out as one zip"):
        size = sum(len(piece) for piece in zip_of(queries.newest_files(run, officer)))
    with timed("Excel of all"):
        book = len(workbook(run, officer))
    pages = sum(bytes(sheet.pdf).count(b"/Type/Page/") for sheet in Sheet.objects.all().iterator(20))
    assert again == 0, "the same facts are the same sheets"
    return _report(new, zipped=size, book=book, pages=pages)


def _quiet(_done: int, _total: int) -> None:
    """Nobody watches."""


def _report(new: int, *, zipped: int, book: int, pages: int) -> str:
    rows = "\n".join(f"| {step} | {seconds:.2f} |" for step, seconds in SECONDS.items())
    each = SECONDS["draw up all sheets"] / max(new, 1) * 1000
    return f"""# Control sheets

`python -m bench.sheets` over the invented demo, {time.strftime("%Y-%m-%d")}: {new} sheets.
Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end,
one process, SQLite.

| step | seconds |
| --- | ---: |
{rows}

{each:.0f} ms a sheet, facts read, laid out and stored.
The zip is {zipped / 1e6:.1f} MB, the workbook {book / 1e3:.0f} kB.
{f"{pages} pages in all." if pages else ""}
"""


if __name__ == "__main__":
    main()
