"""``make run``: says what to do when the port is taken, starts, answers, and ends cleanly."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from pakten.project.children import Child, ChildDied, stop_all
from pakten.project.run import CannotStart, wanted_port


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Somebody else who listens on a free port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken


def port_of(listening: socket.socket) -> int:
    return int(listening.getsockname()[1])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return port_of(probe)


def start(var: Path, port: int) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PAKTEN_", "VANDEL_"))}
    environment = kept | {
        "PORT": str(port),
        "PAKTEN_VAR": str(var),
        "PAKTEN_DATABASE": f"sqlite:///{var / 'pakten.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "pakten.project.settings",
        "PYTHONPATH": "src",
        "PYTHONWARNINGS": "default",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "pakten.project.run"],
        env=environment,
        cwd=Path(__file__).resolve().parents[3],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def get(port: int, path: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def read_until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout is not None
    seen = ""
    for line in process.stdout:
        seen += line
        if words in line:
            return seen
    raise AssertionError(f"{words!r} never came:\n{seen}\n{process.stderr.read() if process.stderr else ''}")


def test_taken_port_is_told_before_any_work(listener: socket.socket, tmp_path: Path) -> None:
    port = port_of(listener)
    process = start(tmp_path / "var", port)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 2
    assert err == f"Port {port} is taken; run `make run PORT={port + 1}`.\n"
    assert out == ""
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", "80 80"])
def test_a_port_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(CannotStart, match="PORT must be a number"):
        wanted_port(text)


def test_port_is_8000_unless_named() -> None:
    assert (wanted_port(""), wanted_port(" 8001 ")) == (8000, 8001)


@pytest.mark.slow
def test_run_starts_answers_and_ends_cleanly(tmp_path: Path) -> None:
    port = free_port()
    process = start(tmp_path, port)
    try:
        told = read_until(process, "Ctrl-C stops")
        assert f"http://127.0.0.1:{port}/" in told
        assert "hanna" in told
        home = get(port, "/")
        assert home.status == 302
        sign_in = home.headers["Location"]
        assert get(port, sign_in).status == 200
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)
    assert process.returncode == 0, err
    assert "Pakten has stopped" in out
    assert "Traceback" not in err
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
    with pytest.raises(ConnectionRefusedError):
        get(port, "/")


def test_a_child_that_ends_is_told_of() -> None:
    child = Child("worker", ["calendar", "no such year"])
    child.start()
    child.wait_or_kill()
    with pytest.raises(ChildDied, match=r"worker ended by itself \(exit code"):
        child.check()


def test_children_are_ended() -> None:
    child = Child("web server", ["http.server", str(free_port()), "--bind", "127.0.0.1"])
    child.start()
    child.check()
    stop_all([child])
    with pytest.raises(ChildDied, match="signal SIGTERM"):
        child.check()
