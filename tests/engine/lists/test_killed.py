"""A process killed in the middle, and many at once: the store is always as before or as after."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

from tests.engine.lists import eu_sample

from vandel.lists import EditionStore

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LIST = "pakten-demo"
CHILD = """
import sys
from datetime import datetime, timedelta
from pathlib import Path
from vandel.lists import EditionStore
root, first, second, started = sys.argv[1:]
store, at = EditionStore(Path(root)), datetime.fromisoformat(started)
number = 0
while True:
    for path in (first, second):
        number += 1
        # A line of its own in each round: new bytes, hence a new edition.
        text = Path(path).read_bytes() + b"<!-- %s %d -->" % (started.encode(), number)
        own = Path(path).with_suffix(".own")
        own.write_bytes(text)
        edition = store.accept("pakten-demo", own, fetched_at=at + timedelta(seconds=number))
        store.switch("pakten-demo", edition.edition_id)
        print("one more", flush=True)
"""


def two_files(tmp_path):
    paths = []
    for name, count in (("first", 60), ("second", 61)):
        path = tmp_path / f"{name}.xml"
        path.write_bytes(eu_sample.xml(eu_sample.entries(count)))
        paths.append(path)
    return paths


def check_whole(store):
    """Every edition loads, the pointer stands on one of them, its files are what it says."""
    editions = store.editions(LIST)
    for edition in editions:
        assert len(store.load(LIST, edition.edition_id)) == edition.entries
        assert store.source_path(LIST, edition.edition_id).stat().st_size == edition.length
    current = store.in_force(LIST)
    assert current is None or current in editions
    return editions


def test_killed_at_any_moment(tmp_path):
    first, second = two_files(tmp_path)
    root, chance = tmp_path / "store", random.Random(7)
    store = EditionStore(root)
    for attempt in range(4):
        started = (NOW + timedelta(hours=attempt)).isoformat()
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(root), str(first), str(second), started],
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert child.stdout is not None
        assert child.stdout.readline() == b"one more\n"
        time.sleep(chance.uniform(0.0, 0.2))
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        check_whole(store)
    assert len(check_whole(store)) > 1
    leavings = list((root / LIST).glob(".incoming-*"))
    store.accept(LIST, first, fetched_at=NOW + timedelta(days=30))
    assert not list((root / LIST).glob(".incoming-*")), leavings


def test_readers_see_the_old_edition_or_the_new_one_whole(tmp_path):
    store = EditionStore(tmp_path / "store")
    editions = [store.accept(LIST, path, fetched_at=NOW) for path in two_files(tmp_path)]
    expected = {edition.edition_id: edition.entries for edition in editions}
    store.switch(LIST, editions[0].edition_id)
    stop, faults, seen = threading.Event(), [], set()

    def switching():
        for turn in range(60):
            store.switch(LIST, editions[turn % 2].edition_id)
        stop.set()

    def reading():
        while not stop.is_set():
            edition = store.in_force(LIST)
            found = len(store.load(LIST, edition.edition_id))
            seen.add(edition.edition_id)
            if found != expected[edition.edition_id]:
                faults.append(edition)

    threads = [threading.Thread(target=target) for target in (switching, reading, reading)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert seen <= set(expected)


def test_the_same_file_accepted_by_many_at_once_is_one_edition(tmp_path):
    store, (path, _) = EditionStore(tmp_path / "store"), two_files(tmp_path)
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(store.accept(LIST, path, fetched_at=NOW)))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({edition.edition_id for edition in found}) == 1 == len(store.editions(LIST))
    assert len(found) == 6
