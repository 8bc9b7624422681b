"""A register on the loopback that does wrong in every way that a register can."""

import json
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

from vandel.registers.online import Asker, Pacing, Patience

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self):
        self.time = 0.0
        self.slept = []

    def __call__(self):
        return self.time

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.time += seconds


def answer(value, status=200, **headers):
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return status, {name.replace("_", "-"): text for name, text in headers.items()}, body


class Faulty:
    """Answers by path, each a list of which the last stays; ``asked`` is what came in."""

    def __init__(self):
        self.answers = {"/oauth2/token": [answer({"access_token": "nyckel", "expires_in": 3600})]}
        self.asked = []
        self.address = ""
        self.lock = threading.Lock()

    def says(self, path, *answers):
        self.answers[path] = list(answers)

    def next(self, path):
        with self.lock:
            listed = self.answers.get(path) or [answer({}, 404)]
            return listed.pop(0) if len(listed) > 1 else listed[0]

    def questions(self, path):
        return [one for one in self.asked if one[0] == path]


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        self._answer(body)

    def do_GET(self):
        self._answer(b"")

    def _answer(self, asked):
        path, _, query = self.path.partition("?")
        faulty = self.server.faulty
        faulty.asked.append((path, query, asked, dict(self.headers)))
        status, headers, body = faulty.next(path)
        if status == "hang":
            time.sleep(1.0)
            return
        if status == "hang up":
            return
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextmanager
def running():
    """The server, and an asker that stands before it with a clock of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.faulty = Faulty()
    server.faulty.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    clock = Clock()
    try:
        with httpx.Client(trust_env=False) as client:
            asker = Asker(
                client,
                Pacing(clock, clock.sleep),
                now=lambda: NOW,
                clock=clock,
                sleep=clock.sleep,
                patience=Patience(seconds=0.4, most_bytes=200_000),
            )
            yield server.faulty, asker, clock
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
