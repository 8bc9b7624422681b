"""``vandel screen``: a file of names in, a file of likenesses and a receipt out."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vandel.cli import output
from vandel.cli.chosen_lists import add_list_options, read_lists
from vandel.cli.queries import Queries, read_queries
from vandel.errors import InputError
from vandel.model import Receipt
from vandel.registers.table_write import Form, write_table
from vandel.registers.whole_file import whole_files

if TYPE_CHECKING:
    from vandel.cli.chosen_lists import ChosenList
    from vandel.model import Finding

COLUMNS: Final = ("query_id", "target_id", "list", "score", "matched_name", "reason")
# Far below the line from which a likeness counts: files for machines show what was weighed and found too
# light, so that anybody can measure where the line should be. Lower still there is only noise.
LOWEST_WRITTEN: Final = 0.001
LIMIT: Final = 10
EXIT_FINDINGS: Final = 1

_EPILOG = f"""
QUERIES is CSV or Excel with the columns id, name, type (organisation or person), and, if you like, country
and birth_date (several separated by semicolons), orgnr, vat, lei, inn, ogrn, imo, bic.

OUT has one row for each likeness: {", ".join(COLUMNS)}. OUT.receipt.json tells what was searched, also when
nothing was found.

Without --threshold, a likeness counts as a finding from the engine's own line (default_threshold in the
receipt). An .xlsx, which people read, has the findings only; .csv and .jsonl, which programs read, also have
what lies below the line, down to {LOWEST_WRITTEN}. With --threshold all three have the same rows.
"""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command."""
    parser = commands.add_parser(
        "screen",
        help="hold a file of names against lists",
        description="Hold a file of names against lists.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("queries", type=Path, metavar="QUERIES", help="CSV or Excel")
    add_list_options(parser, required=True)
    parser.add_argument("--out", type=Path, required=True, help="the result: .csv, .jsonl or .xlsx")
    parser.add_argument("--format", choices=output.FORMAT_NAMES, help="instead of what OUT's ending says")
    parser.add_argument("--threshold", type=_share, help="the lowest likeness that counts, 0 to 1")
    parser.add_argument(
        "--limit", type=_positive, default=LIMIT, help="most likenesses per name and list (%(default)s)"
    )
    parser.add_argument("--workers", type=_positive, default=1, help="processes to use (%(default)s)")
    parser.add_argument("--fail-on-findings", action="store_true", help="exit with 1 when there are findings")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Screens, writes the result and its receipt, and returns the exit code."""
    form = output.form_of(arguments.out, arguments.format)
    now = datetime.now(UTC)
    queries = read_queries(arguments.queries)
    lists = read_lists(arguments.lists, arguments.store, now=now)
    receipt_path = arguments.out.with_name(f"{arguments.out.name}.receipt.json")
    _refuse_overwriting(arguments, receipt_path)
    screening = _Screening(arguments, queries, lists=lists, form=form)
    with whole_files(arguments.out, receipt_path) as (draft, receipt_draft):
        with draft.open("wb") as stream:
            rows = write_table(stream, headers=COLUMNS, rows=screening.rows(), form=form)
        receipt_draft.write_text(screening.receipt(now, rows, result=draft), encoding="utf-8")
    print(
        f"{len(queries.entities)} queries, {screening.findings} likenesses on or above {screening.line:.2f}; "
        f"{rows} rows in {arguments.out}, receipt in {receipt_path.name}"
    )
    return EXIT_FINDINGS if arguments.fail_on_findings and screening.findings else 0


class _Screening:
    """One run: its index, its settings, and the count of what it finds."""

    def __init__(
        self, arguments: argparse.Namespace, queries: Queries, *, lists: list[ChosenList], form: Form
    ) -> None:
        from vandel.matching import DEFAULT_THRESHOLD, Index

        self._arguments, self._queries, self._lists = arguments, queries, lists
        self._index = Index.build(listing for chosen in lists for listing in chosen.listings)
        given: float | None = arguments.threshold
        self.line = DEFAULT_THRESHOLD if given is None else given
        self._lowest = LOWEST_WRITTEN if given is None and form is not Form.XLSX else self.line
        self.findings = 0

    def rows(self) -> Iterator[tuple[str, str, str, float, str, str]]:
        """The rows of the result, query by query, the most alike first."""
        from vandel.batch import Settings, search_all
        from vandel.matching import explain

        wanted = self._arguments
        settings = Settings(self._lowest, wanted.limit * len(self._lists), wanted.workers)
        bar = output.progress("Comparing names", "names")
        for findings in search_all(self._index, self._queries.entities, settings=settings, progress=bar):
            for finding in _at_most(wanted.limit, findings):
                self.findings += finding.score >= self.line
                yield (
                    finding.query_id,
                    finding.target_id,
                    finding.list_id,
                    finding.score,
                    finding.matched_name,
                    " ".join(explain.sentences(finding, "en")),
                )

    def receipt(self, now: datetime, rows: int, *, result: Path) -> str:
        """The receipt as JSON. ``threshold`` is the line from which a likeness counts as a finding."""
        from vandel import __version__
        from vandel.evidence import digest_of_file, digest_of_value
        from vandel.matching import DEFAULT_THRESHOLD
        from vandel.screening import RULE_VERSION, has_usable_name, receipt_json

        entities = self._queries.entities
        nameless = [
            f"{entity.id}: no name to compare"
            for entity in entities
            if not has_usable_name(entity, self.line)
        ]
        receipt = Receipt(
            made_at=now,
            engine_version=__version__,
            rule_version=RULE_VERSION,
            editions=tuple(chosen.edition for chosen in self._lists),
            inputs_sha256=digest_of_value(entities),
            subjects=len(entities),
            findings=self.findings,
            threshold=self.line,
            could_not_check=(*nameless, *self._queries.notes),
        )
        return receipt_json(
            receipt,
            queries_file=self._arguments.queries.name,
            queries_sha256=digest_of_file(self._arguments.queries)[0],
            result_sha256=digest_of_file(result)[0],
            rows=rows,
            rows_down_to=self._lowest,
            default_threshold=DEFAULT_THRESHOLD,
            limit=self._arguments.limit,
        )


def _at_most(limit: int, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The first ``limit`` findings of each list."""
    told: Counter[str] = Counter()
    for finding in findings:
        told[finding.list_id] += 1
        if told[finding.list_id] <= limit:
            yield finding


def _refuse_overwriting(arguments: argparse.Namespace, receipt: Path) -> None:
    lists = (text if Path(text).exists() else text.rpartition("=")[2] for text in arguments.lists)
    read = {Path(text).resolve() for text in (arguments.queries, *lists)}
    for written in (arguments.out, receipt):
        if written.resolve() in read:
            raise InputError("output.is_input", f"{written} is also an input and would be overwritten")


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 0 to 1")
    return value


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1")
    return int(text)
