"""No more questions in a stretch of time than a register allows."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable


class Pacing:
    """At most ``questions`` in any ``seconds``; whoever would be one too many sleeps. Safe between threads.

    ``clock`` gives seconds that never go backwards (``time.monotonic``), ``sleep`` waits (``time.sleep``).
    """

    def __init__(
        self,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        *,
        questions: int = 60,
        seconds: float = 60.0,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._questions = questions
        self._seconds = seconds
        self._asked: deque[float] = deque(maxlen=questions)
        self._turn = threading.Lock()

    def wait(self) -> None:
        """Return when the next question may be asked, and count it as asked."""
        with self._turn:
            while (ahead := self._ahead()) > 0:
                self._sleep(ahead)
            self._asked.append(self._clock())

    def _ahead(self) -> float:
        if len(self._asked) < self._questions:
            return 0.0
        return self._asked[0] + self._seconds - self._clock()
