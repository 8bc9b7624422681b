"""Work spread over local processes. Results come in the order of the items, however many processes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final, TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")
Progress = Callable[[int, int], None]

CHUNK: Final = 64
_AHEAD: Final = 4  # chunks per process that wait, so that memory stays bounded however long the batch is

_work: Callable[[Any], Any] | None = None


class BatchFailed(ChildProcessError):
    """A process of the batch died, of lack of memory for instance. Nothing it was given counts as done."""


def run(
    work: Callable[[Item], Outcome],
    items: Sequence[Item],
    *,
    workers: int = 1,
    progress: Progress | None = None,
    chunk: int = CHUNK,
) -> Iterator[Outcome]:
    """``work`` on each of ``items``, the outcomes in the same order.

    With more than one worker ``work`` is handed to each process once, so it may carry an index; it and the
    items must be picklable. ``progress`` is called with how many are done and how many there are. An error in
    ``work`` comes up here as it is; the death of a process as :class:`BatchFailed`.
    """
    pieces = [items[start : start + chunk] for start in range(0, len(items), chunk)]
    done = 0
    outcomes = map(_each(work), pieces) if workers <= 1 else _in_processes(work, pieces, workers=workers)
    if progress is not None:
        progress(done, len(items))
    for outcome in outcomes:
        yield from outcome
        done += len(outcome)
        if progress is not None:
            progress(done, len(items))


def _each(work: Callable[[Item], Outcome]) -> Callable[[Sequence[Item]], list[Outcome]]:
    return lambda piece: [work(item) for item in piece]


def _in_processes(
    work: Callable[[Item], Outcome], pieces: Sequence[Sequence[Item]], *, workers: int
) -> Iterator[list[Outcome]]:
    waiting: deque[Future[list[Outcome]]] = deque()
    with ProcessPoolExecutor(workers, initializer=_keep, initargs=(work,)) as pool:
        try:
            for piece in pieces:
                waiting.append(pool.submit(_do, piece))
                if len(waiting) >= workers * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise BatchFailed("a process of the batch died before its work was done") from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _keep(work: Callable[[Any], Any]) -> None:
    global _work
    _work = work


def _do(piece: Sequence[Any]) -> list[Any]:
    assert _work is not None
    return [_work(item) for item in piece]
