"""A small SMTP server on the loopback that can be told to misbehave."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message


class MailServer:
    """Speaks enough SMTP. ``rcpt`` and ``data`` are the answers it gives; ``silent``: it says nothing."""

    def __init__(self) -> None:
        self.rcpt, self.data, self.silent, self.hang_up_after_data = "250 ok", "250 ok", False, False
        self.hold_after_data = False
        self.received: list[Message] = []
        self.raw: list[bytes] = []
        self.recipients: list[str] = []
        self.tries = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._open: list[socket.socket] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        """From now on nobody answers at the port."""
        self._socket.close()
        for one in self._open:
            one.close()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            self._open.append(client)
            threading.Thread(target=self._talk, args=(client,), daemon=True).start()

    def _talk(self, client: socket.socket) -> None:
        if self.silent:
            return
        with client, client.makefile("rb") as lines:

            def say(text: str) -> None:
                client.sendall(text.encode() + b"\r\n")

            try:
                say("220 test")
                self._converse(lines, say)
            except OSError:
                return

    def _converse(self, lines, say) -> None:  # type: ignore[no-untyped-def]
        while line := lines.readline().strip():
            word = line.split(b" ")[0].upper()
            if word in {b"EHLO", b"HELO"}:
                say("250 test")
            elif word == b"RCPT":
                self.tries += 1
                if self.rcpt.startswith("250"):
                    self.recipients.append(line.decode().partition(":")[2])
                say(self.rcpt)
            elif word == b"DATA":
                say("354 go on")
                whole = b"".join(iter(lines.readline, b".\r\n"))
                if self.data.startswith("250"):
                    self.raw.append(whole)
                    self.received.append(message_from_bytes(whole))
                if self.hang_up_after_data:
                    return
                while self.hold_after_data:
                    time.sleep(0.05)
                say(self.data)
            elif word == b"QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")


@contextmanager
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    try:
        yield server
    finally:
        server.close()


def free_port() -> int:
    """A port where nobody answers."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port
