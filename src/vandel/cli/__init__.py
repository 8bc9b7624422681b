"""The command line: ``vandel COMMAND ...``.

Exit code 0 is fine, 1 means likenesses where they were asked for, 2 bad input with one clear line.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final, NoReturn

from vandel.errors import InputError

# Each command's module is loaded only when it is needed, so that every other one starts at once.
COMMANDS: Final = {
    "screen": "vandel.cli.screen",
    "explain": "vandel.cli.explain",
    "lists": "vandel.cli.lists",
    "statements": "vandel.cli.statements",
    "registers": "vandel.cli.registers",
}
BAD_INPUT: Final = 2
INTERRUPTED: Final = 130


class OneLineParser(argparse.ArgumentParser):
    """A parser whose complaint is one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message} (see {self.prog} --help)\n")


class _Version(argparse.Action):
    """Looks the version up only when it is asked for, which takes as long as the rest of the start."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from vandel import __version__

        print("vandel", __version__)
        parser.exit()


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code. ``--help`` and a bad option leave by ``SystemExit``."""
    words = list(sys.argv[1:] if argv is None else argv)
    arguments = _parser(words).parse_args(words)
    try:
        return int(arguments.run(arguments))
    except InputError as error:
        return _complain(error.sentence)
    except BrokenPipeError:
        sys.stderr.close()
        return BAD_INPUT
    except OSError as error:
        return _complain(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except KeyboardInterrupt:
        return INTERRUPTED


def _parser(words: list[str]) -> OneLineParser:
    parser = OneLineParser(prog="vandel", description="Controls names against lists, and never decides.")
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=OneLineParser)
    for name in [words[0]] if words and words[0] in COMMANDS else COMMANDS:
        import_module(COMMANDS[name]).add_parser(commands)
    return parser


def _complain(sentence: str) -> int:
    print("vandel:", " ".join(sentence.split()), file=sys.stderr)
    return BAD_INPUT
