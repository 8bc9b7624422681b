"""Making the visits of a round: several websites at once, every row written by the one who waits for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import partial

from django.conf import settings
from django.db.models import QuerySet

from pakten.core.templatetags.formats import plural
from pakten.visits import sites
from pakten.visits.models import Visit, VisitState
from pakten.visits.services.looking import Errand, Sight, errand_of, host_of, look
from pakten.visits.services.visiting import keep, see
from vandel.website.outcome import Outcome

# So often is it asked whether somebody wants the round to stop, in seconds.
_TICK = 0.5


def visit_all(round_id: int, *, tell: Callable[[int, int, str], None]) -> dict[str, int]:
    """Make the visits of a round that are not made yet, several at once; visits per outcome.

    One at a time to each host. May be called again after an interruption: what was not kept is not begun.
    ``tell`` gets done, total and what is under way, outside transactions, and may raise to stop the work.
    """
    rows = Visit.objects.filter(round=round_id).exclude(state=VisitState.CANCELLED)
    waiting = list(_waiting().filter(round=round_id).order_by("pk"))
    total = rows.count()
    before = total - len(waiting)
    with _crew(waiting) as crew:
        while crew.is_busy:
            was_made = crew.send_out()
            tell(before + crew.done, total, crew.note)
            if not was_made:
                crew.take_home()
    tell(total, total, "")
    counts: dict[str, int] = {}
    for outcome in rows.filter(state=VisitState.FINISHED).values_list("outcome", flat=True):
        counts[outcome] = counts.get(outcome, 0) + 1
    return counts


def _waiting() -> QuerySet[Visit]:
    return Visit.objects.filter(state=VisitState.WAITING).select_related("organisation", "ordered_by")


def _read_again(visit: Visit) -> Visit | None:
    """The visit as it is now, some hours into the round; None where it is made or cancelled meanwhile."""
    return _waiting().filter(pk=visit.pk).first()


@contextmanager
def _crew(waiting: list[Visit]) -> Iterator[_Crew]:
    """Nobody of the crew is left behind: they leave at their next pause, and their pages have an end."""
    together = sites.Together()
    with ThreadPoolExecutor(settings.VISITS_AT_ONCE, thread_name_prefix="visit") as pool:
        try:
            yield _Crew(waiting, pool, together=together)
        finally:
            together.end()


def _never_got_its_turn(future: Future[Sight]) -> bool:
    return future.exception() is None and future.result().seen.outcome is Outcome.NOT_OUR_TURN


class _Crew:
    """Some who look, each in a thread and never at a table; the caller's thread keeps what they saw."""

    def __init__(self, waiting: list[Visit], pool: ThreadPoolExecutor, *, together: sites.Together) -> None:
        self._left, self._pool, self._together = list(waiting), pool, together
        self._under_way: dict[Future[Sight], tuple[Visit, Errand]] = {}
        # Whose turn at a host never came: each is made again while nobody else is out, so that it comes.
        self._alone: set[int] = set()
        self.done = 0

    @property
    def is_busy(self) -> bool:
        return bool(self._left or self._under_way)

    @property
    def note(self) -> str:
        """How many are being read; no names, for a job is seen by people who may not see them all (L-17)."""
        number = len(self._under_way)
        return f"Läser {plural(number, 'webbplats,webbplatser')} just nu." if number else ""

    def take_home(self) -> None:
        """Keep what those saw who come home within the next moment."""
        ended, _ = wait(self._under_way, timeout=_TICK, return_when=FIRST_COMPLETED)
        for future in ended:
            visit, _errand = self._under_way.pop(future)
            if _never_got_its_turn(future) and visit.pk not in self._alone:
                self._alone.add(visit.pk)
                self._left.append(visit)
            else:
                self._keep(visit, future.result)

    def send_out(self) -> bool:
        """Fill the free places. Whether a visit was made on the spot, since it costs no waiting."""
        for listed in list(self._left):
            if len(self._under_way) >= settings.VISITS_AT_ONCE:
                break
            if self._must_wait(listed):
                continue
            self._left.remove(listed)
            visit = _read_again(listed)
            if visit is None:
                self.done += 1
            elif self._must_wait(visit):
                self._left.append(visit)
            elif self._send(visit):
                return True
        return False

    def _must_wait(self, visit: Visit) -> bool:
        """Whether somebody is at the same host right now, or it or who is out is to be made alone."""
        out = {other.pk for other, _ in self._under_way.values()}
        if out and self._alone & {visit.pk, *out}:
            return True
        host = host_of(visit.organisation.website)
        return any(errand.host == host for _, errand in self._under_way.values())

    def _send(self, visit: Visit) -> bool:
        """Send somebody out, or make the visit on the spot; whether that was done."""
        errand = self._errand(visit)
        if errand is None:
            self._keep(visit, partial(see, visit))
            return True
        self._under_way[self._pool.submit(look, errand)] = (visit, errand)
        return False

    def _keep(self, visit: Visit, get: Callable[[], Sight | None]) -> None:
        """Keep it; what a person has ordered otherwise meanwhile is looked at anew."""
        kept = keep(visit, get)
        if kept.state == VisitState.WAITING:
            self._left.append(kept)
        else:
            self.done += 1

    def _errand(self, visit: Visit) -> Errand | None:
        """What to send somebody out for; None where there is nothing to wait for, or no way there."""
        try:
            errand = errand_of(visit, self._together)
        except Exception:
            return None  # made on the spot, where the same fault becomes the visit's outcome
        return None if errand is None or errand.way.is_invented else errand
