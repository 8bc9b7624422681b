"""Asks for pages, one after another in some threads, until told to stop; the latencies as JSON at the end."""

from __future__ import annotations

import json
import sys
import threading
import time
from http.client import HTTPConnection

PATHS = ("/", "/medlemmar/", "/kontroll/", "/bevakning/", "/listor/", "/kontroll/namnlikheter/")
# As much as some officers who work at once ask for, with time to read between.
READERS = 4
PAUSE = 0.25


def main() -> None:
    port, cookie = int(sys.argv[1]), sys.argv[2]
    stop, seconds, faults = threading.Event(), [], []  # type: ignore[var-annotated]

    def read(start: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        turn = start
        while not stop.is_set():
            path = PATHS[turn % len(PATHS)]
            began = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": f"sessionid={cookie}"})
            answer = connection.getresponse()
            answer.read()
            seconds.append(time.perf_counter() - began)
            if answer.status != 200:
                faults.append(f"{path} {answer.status}")
            turn += 1
            stop.wait(PAUSE)

    threads = [threading.Thread(target=read, args=(place,)) for place in range(READERS)]
    for thread in threads:
        thread.start()
    sys.stdin.read()  # until whoever measures closes it
    stop.set()
    for thread in threads:
        thread.join()
    print(json.dumps({"seconds": seconds, "faults": faults}))


main()
