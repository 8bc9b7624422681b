"""``make run``: Pakten with its demo on this machine, until Ctrl-C.

Makes what is missing (key, database, static files, demo), starts the web server and the worker, ends both.
``PORT`` names the port, 8000 if it doesn't.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from types import FrameType
from typing import NoReturn

from pakten.project.children import Child, ChildDied, stop_all
from pakten.project.secret import make_secret_key

HOST = "127.0.0.1"
_ANSWER_WITHIN = 30.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class CannotStart(Exception):
    """Why Pakten can't start, in one line that says what to do. Nothing was changed."""


class _Stopped(Exception):
    """Somebody asked for the end: Ctrl-C, a signal, a closed terminal."""


def main() -> int:
    """Run until stopped. Exit code 0 after a stop, 1 when a process died, 2 when it can't start."""
    say = _say_at_once
    try:
        port = wanted_port(os.environ.get("PORT", ""))
        check_port(port)
    except CannotStart as error:
        print(error, file=sys.stderr)  # noqa: T201 - the operator's screen
        return 2
    for number in _SIGNALS:
        signal.signal(number, _stop)
    try:
        _prepared(say)
        serve(port, say)
    except _Stopped:
        say("Pakten has stopped. Your data stays in var/; `make run` starts again.")
        return 0
    except CannotStart as error:
        print(error, file=sys.stderr)  # noqa: T201 - the operator's screen
        return 2
    except ChildDied as error:
        say(str(error))
        return 1


def _prepared(say: Callable[[str], None]) -> None:
    """:func:`prepare`; a setting that can't be is a reason not to start, in its own sentence."""
    from django.core.exceptions import ImproperlyConfigured

    try:
        prepare(say)
    except ImproperlyConfigured as fault:
        raise CannotStart(str(fault)) from fault


def wanted_port(text: str) -> int:
    """The port that ``text`` names, 8000 for an empty one. Raises CannotStart for anything but 1-65535."""
    if not text.strip():
        return 8000
    if not text.strip().isdecimal() or not 1 <= int(text) <= 65535:
        raise CannotStart(f"PORT must be a number from 1 to 65535, not {text!r}: try `make run PORT=8001`.")
    return int(text)


def check_port(port: int) -> None:
    """Raise CannotStart, with what to do, when nobody can listen on the port now."""
    with socket.socket() as probe:
        # As the server itself does: a port in TIME_WAIT after an earlier run is not taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise CannotStart(f"Port {port} is for administrators; run `make run PORT=8001`.") from error
        except OSError as error:
            other = port + 1 if port < 65535 else 8001
            raise CannotStart(f"Port {port} is taken; run `make run PORT={other}`.") from error


def prepare(say: Callable[[str], None]) -> None:
    """Make what is missing: key, tables, static files, demo. Does nothing that is done already."""
    os.environ["PAKTEN_DEMO"] = "1"
    os.environ["PAKTEN_DEBUG"] = "0"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pakten.project.settings")
    # Before the settings are read: without a key they refuse.
    make_secret_key(Path(os.environ.get("PAKTEN_VAR", Path(__file__).resolve().parents[3] / "var")))
    import django
    from django.core.management import call_command

    django.setup()
    say("Preparing the database, the pages and the demo network ...")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("demo")


def serve(port: int, say: Callable[[str], None]) -> NoReturn:
    """Start server and worker, tell how to get in, and watch over both until one dies or we are stopped."""
    children = [Child("web server", _server(port)), Child("worker", _worker())]
    try:
        for child in children:
            child.start()
        _wait_for_answer(port, children)
        say(greeting(port))
        while True:
            for child in children:
                child.check()
            time.sleep(0.5)
    finally:
        _ignore_signals()
        stop_all(children)


def _server(port: int) -> list[str]:
    options = ["--workers", "2", "--threads", "4", "--no-control-socket", "--log-level", "warning"]
    return ["gunicorn", "pakten.project.wsgi", "--bind", f"{HOST}:{port}", *options]


def _worker() -> list[str]:
    return ["pakten.project.manage", "worker", "-v", "0"]


def greeting(port: int) -> str:
    """The address and the demo's sign-ins, as a table."""
    from pakten.accounts.demo_people import DEMO_PASSWORD, DEMO_SIGN_INS

    rows = [("Sign in as", "Role", "What the role does")]
    rows += [(person.username, str(person.role.label), person.does) for person in DEMO_SIGN_INS]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    table = [f"  {row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]}" for row in rows]
    return "\n".join(
        [
            "",
            f"Pakten is ready: http://{HOST}:{port}/",
            "",
            *table,
            "",
            f"  Password for all: {DEMO_PASSWORD}",
            "  Everything in the demo is invented: organisations, people and list. Ctrl-C stops.",
        ]
    )


def _wait_for_answer(port: int, children: list[Child]) -> None:
    end = time.monotonic() + _ANSWER_WITHIN
    while not _answers(port):
        for child in children:
            child.check()
        if time.monotonic() > end:
            raise ChildDied(f"The web server did not answer within {_ANSWER_WITHIN:.0f} seconds.")
        time.sleep(0.1)


def _answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


def _stop(number: int, frame: FrameType | None) -> None:
    _ignore_signals()
    raise _Stopped


def _ignore_signals() -> None:
    # A second Ctrl-C would leave a child behind; ending the children takes ten seconds at most.
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def _say_at_once(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - the operator's screen


if __name__ == "__main__":
    sys.exit(main())
