"""``vandel statements``: what texts say of Russia, collective agreements, values and energy."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from vandel.cli.output import progress
from vandel.errors import InputError

_EPILOG = """
IN.jsonl has one object a line with "id", "text" and "language" (ISO 639-1). Each line of OUT.jsonl has "id",
"labels" (heaviest first; none found is an empty list) and "snippets" (literal parts of the text, in their
order), and under "findings" the offsets, the weights and the rules that spoke. Nothing is decided here.
"""
_FIELDS: Final = ("id", "text", "language")
# No statement and no page of a website is longer; what is, has slipped in by mistake.
_LONGEST_TEXT: Final = 2_000_000


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command."""
    parser = commands.add_parser(
        "statements",
        help="find statements in texts",
        description=__doc__,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("texts", metavar="IN.jsonl", type=Path, help="the texts")
    parser.add_argument("--out", metavar="OUT.jsonl", type=Path, required=True, help="the result")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Reads every text, then writes the result in one go; returns 0."""
    rows = list(_rows(arguments.texts))
    show = progress("Reading", "texts")
    lines: list[str] = []
    for done, row in enumerate(rows, start=1):
        lines.append(json.dumps(_result(row), ensure_ascii=False))
        if show:
            show(done, len(rows))
    arguments.out.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    print(f"{len(rows)} texts read, written to {arguments.out}")
    return 0


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    seen: dict[str, int] = {}
    try:
        # Not splitlines(), which also parts at characters that may stand inside a text.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise InputError("statements.not_utf8", f"{path}: not UTF-8 text", path=str(path)) from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            row = _row(line, where=f"{path}, line {number}")
            if row["id"] in seen:
                raise _bad(f"{path}, line {number}", f'"id" is the same as on line {seen[row["id"]]}')
            seen[row["id"]] = number
            yield row


def _row(line: str, *, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise _bad(where, "not a JSON object") from None
    if not isinstance(row, dict):
        raise _bad(where, "not a JSON object")
    for name in _FIELDS:
        if not isinstance(row.get(name), str):
            raise _bad(where, f'"{name}" is missing or not text')
        if not _writable(row[name]):
            raise _bad(where, f'"{name}" holds half a character')
    if len(row["text"]) > _LONGEST_TEXT:
        raise _bad(where, f'"text" is longer than {_LONGEST_TEXT} characters')
    return row


def _writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _result(row: dict[str, Any]) -> dict[str, Any]:
    from vandel.website.statements import find_statements, labels_by_weight

    findings = find_statements(row["text"], row["language"])
    return {
        "id": row["id"],
        "labels": labels_by_weight(findings),
        "snippets": [finding.snippet for finding in findings],
        "findings": [
            {"label": f.label, "weight": f.weight, "start": f.start, "end": f.end, "rule": f.rule}
            for f in findings
        ],
    }


def _bad(where: str, what: str) -> InputError:
    return InputError("statements.bad_row", f"{where}: {what}", where=where)
