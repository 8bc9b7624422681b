"""Processes that we start, watch and end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence

_GRACE = 10.0


class ChildDied(Exception):
    """A process that should have gone on has ended, in one line for the operator."""


class Child:
    """One Python module running as a process of its own."""

    def __init__(self, title: str, module: Sequence[str]) -> None:
        """``module`` is a module's name and its arguments, as after ``python -m``."""
        self.title = title
        self._arguments = [sys.executable, "-m", *module]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, out of reach of the terminal's Ctrl-C: we pass the end on in our own order."""
        self._process = subprocess.Popen(  # noqa: S603 - our own modules
            self._arguments, stdin=subprocess.DEVNULL, start_new_session=True
        )

    def check(self) -> None:
        """Raise ChildDied when it has ended."""
        if self._process is not None and self._process.poll() is not None:
            raise ChildDied(f"The {self.title} ended by itself ({_why(self._process.returncode)}).")

    def ask_to_end(self) -> None:
        """Ask it to finish what it is doing and end."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def wait_or_kill(self) -> None:
        """Wait for its end; after ten seconds end it and everything it started."""
        if self._process is None:
            return
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def stop_all(children: Sequence[Child]) -> None:
    """End all, asking all first so that they end at the same time."""
    for child in children:
        child.ask_to_end()
    for child in children:
        child.wait_or_kill()


def _why(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
