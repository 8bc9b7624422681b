"""Helpers are forked from one warm process, each on its own, and none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from vandel.website import extract_apart
from vandel.website.extract_apart import Reader
from vandel.website.nursery import Nursery

PAGE = "<p>Hej på er</p>".encode()


def test_each_reader_has_a_helper_of_its_own_and_ends_it() -> None:
    with Reader(seconds=5) as one, Reader(seconds=5) as other:
        assert one.read(PAGE, content_type="").full == other.read(PAGE, content_type="").full == "Hej på er"
        helpers = (one._helper, other._helper)
        assert len(set(helpers)) == 2
        assert all(is_running(each) for each in helpers)
    assert not any(is_running(each) for each in helpers)


def test_a_helper_that_is_killed_costs_its_own_page_only() -> None:
    with Reader(seconds=5) as one, Reader(seconds=5) as other:
        one.read(PAGE, content_type="")
        other.read(PAGE, content_type="")
        assert one._helper is not None
        os.kill(one._helper, signal.SIGKILL)
        with pytest.raises(extract_apart.NotVisited):
            one.read(PAGE, content_type="")
        assert other.read(PAGE, content_type="").full == "Hej på er"
        assert one.read(PAGE, content_type="").full == "Hej på er"


def test_a_nursery_that_has_ended_is_started_again() -> None:
    with Reader(seconds=5) as one:
        one.read(PAGE, content_type="")
    process = extract_apart._NURSERY._process
    assert process is not None
    process.kill()
    process.wait()
    with Reader(seconds=5) as another:
        assert another.read(PAGE, content_type="").full == "Hej på er"


def test_many_threads_share_one_nursery() -> None:
    def read(number: int) -> str:
        with Reader(seconds=20) as reader:
            return reader.read(f"<p>Sida {number}</p>".encode(), content_type="").full

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(read, range(40))) == [f"Sida {number}" for number in range(40)]


def test_what_can_not_start_is_told() -> None:
    nursery = Nursery("vandel.website.no_such_module")
    with pytest.raises(RuntimeError, match="did not start"):
        nursery.helper()
    nursery.close()


def test_nobody_is_left_when_the_one_who_asked_is_killed() -> None:
    """The worker may be killed at any time; its helper may be busy with a page just then."""
    program = (
        "import time\n"
        "from vandel.website import extract_apart\n"
        "reader = extract_apart.Reader(seconds=60)\n"
        "reader.read(b'<p>x', content_type='')\n"
        "print(extract_apart._NURSERY._process.pid, reader._helper, flush=True)\n"
        "time.sleep(60)\n"
    )
    asker = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert asker.stdout is not None
    left = [int(number) for number in asker.stdout.readline().split()]
    assert all(map(is_running, left))
    asker.kill()
    asker.wait()
    asker.stdout.close()
    until = time.monotonic() + 10
    while any(map(is_running, left)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(is_running, left))


def is_running(number: int | None) -> bool:
    """Whether there is such a process that is more than a leftover entry."""
    try:
        state = Path(f"/proc/{number}/stat").read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"
