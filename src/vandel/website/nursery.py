"""One warm process from which a helper is forked for each visit.

A helper of its own for each website keeps what one of them does to a parser from the next one. Starting such
a program anew costs about a second; a fork of one that is ready costs milliseconds and shares its memory.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from threading import Lock
from typing import Final

START_SECONDS: Final = 60.0
_GOODBYE_SECONDS: Final = 5.0
_NEW, _END, _ENDED = b"new", b"end ", b"ended"
_MESSAGE: Final = 64  # bytes, more than any message


class Nursery:
    """Starts ``module`` when the first helper is asked for, and again when it has ended.

    Several threads may use it.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._asking: socket.socket | None = None
        self._owner = 0

    def helper(self) -> tuple[Connection, int]:
        """A new helper: the line to it and its process number. Raises ``RuntimeError`` when none starts."""
        with self._lock:
            for is_last in (False, True):
                try:
                    return self._new()
                except (OSError, EOFError, ValueError) as error:
                    self._close()
                    if is_last:
                        raise RuntimeError("the helper that reads pages did not start") from error
        raise AssertionError

    def end(self, helper: int) -> None:
        """End a helper, whatever it is busy with."""
        with self._lock, suppress(OSError, EOFError):
            # Where the nursery has ended, so have its helpers.
            if self._asking is not None and self._owner == os.getpid():
                self._ask(_END + str(helper).encode())

    def close(self) -> None:
        """End the process and all its helpers."""
        with self._lock:
            self._close()

    def _new(self) -> tuple[Connection, int]:
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                number = int(self._ask(_NEW, theirs))
            except BaseException:
                ours.close()
                raise
        return Connection(ours.detach()), number

    def _ask(self, message: bytes, *handles: socket.socket) -> bytes:
        asking = self._started()
        socket.send_fds(asking, [message], [handle.fileno() for handle in handles])
        answer = asking.recv(_MESSAGE)
        if not answer:
            raise EOFError
        return answer

    def _started(self) -> socket.socket:
        if self._owner != os.getpid():  # a fork of ours would answer for another's helpers
            self._process, self._asking = None, None
        if self._asking is None:
            self._owner = os.getpid()
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            ours.settimeout(START_SECONDS)
            with theirs:
                self._asking, self._process = ours, self._spawned(theirs.fileno())
        return self._asking

    def _spawned(self, handle: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own program, no argument from outside
            [sys.executable, "-m", self._module, str(handle)],
            pass_fds=(handle,),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "OPENBLAS_NUM_THREADS": "1"},
        )

    def _close(self) -> None:
        if self._asking is not None:
            self._asking.close()
        if self._process is not None and self._owner == os.getpid():
            try:
                self._process.wait(_GOODBYE_SECONDS)  # it ends its helpers first
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process, self._asking = None, None


def raise_helpers(handle: int, work: Callable[[int], None]) -> None:
    """Fork a helper for each request on ``handle`` until the other side is gone; then end who is left.

    ``work`` is what each does with the line to it.
    """
    helpers: set[int] = set()
    with socket.socket(fileno=handle) as asked:
        while True:
            message, handles, _, _ = socket.recv_fds(asked, _MESSAGE, 1)
            if not message:
                break
            if message == _NEW:
                helpers.add(number := _forked(asked, handles[0], work=work))
                asked.send(str(number).encode())
            else:
                _end(int(message.removeprefix(_END)), among=helpers)
                asked.send(_ENDED)
    for number in list(helpers):
        _end(number, among=helpers)


def _forked(asked: socket.socket, line: int, *, work: Callable[[int], None]) -> int:
    number = os.fork()
    if number == 0:
        try:
            asked.close()
            work(line)
        finally:
            os._exit(0)
    os.close(line)
    return number


def _end(number: int, *, among: set[int]) -> None:
    """Only our own that is not waited for: a number that has been freed may be somebody else's by now."""
    if number in among:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
        os.waitpid(number, 0)
        among.discard(number)
