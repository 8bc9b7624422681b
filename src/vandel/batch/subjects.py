"""Many subjects under one screener, and many queries in one index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from vandel.batch.local import Progress, run
from vandel.model import Entity, Finding
from vandel.screening import Control, Screener, Searchable, Subject


@dataclass(frozen=True, slots=True)
class Settings:
    """How a batch is made: ``threshold`` and ``limit`` as for one, and the number of processes."""

    threshold: float
    limit: int
    workers: int = 1


def control_all(
    screener: Screener,
    subjects: Sequence[Subject],
    *,
    at: datetime,
    settings: Settings,
    progress: Progress | None = None,
) -> Iterator[Control]:
    """One control for each subject, in order, all with the same time and the same editions."""
    work = _ControlOne(screener, at, settings)
    return run(work, subjects, workers=settings.workers, progress=progress)


def search_all(
    index: Searchable, queries: Sequence[Entity], *, settings: Settings, progress: Progress | None = None
) -> Iterator[list[Finding]]:
    """The likenesses of each query, in order."""
    return run(_SearchOne(index, settings), queries, workers=settings.workers, progress=progress)


@dataclass(frozen=True, slots=True)
class _ControlOne:
    screener: Screener
    at: datetime
    settings: Settings

    def __call__(self, subject: Subject) -> Control:
        wanted = self.settings
        return self.screener.control(subject, at=self.at, threshold=wanted.threshold, limit=wanted.limit)


@dataclass(frozen=True, slots=True)
class _SearchOne:
    index: Searchable
    settings: Settings

    def __call__(self, query: Entity) -> list[Finding]:
        return self.index.search(query, threshold=self.settings.threshold, limit=self.settings.limit)
