"""Several websites at once, over connections on loopback: one at a time to each host, kept by one thread."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from unittest import mock

import pytest
from pytest_django import Settings
from tests.engine.website.servers import PUBLIC, LoopbackGuard, Names, answer, serving
from tests.web.visits.world import member

from pakten.accounts.models import User
from pakten.jobs.errors import JobEnded
from pakten.visits import services, sites
from pakten.visits.models import Visit, VisitOutcome, VisitPage, VisitState
from pakten.visits.services import evidence, rounds, visiting
from vandel.website.fetch import Fetcher, Limits, Times
from vandel.website.invented import ReaderHere
from vandel.website.outcome import NotVisited, Outcome
from vandel.website.turns import HostTurns
from vandel.website.visit import Visitor

pytestmark = pytest.mark.django_db
PAGE = "<html lang=sv><main><p>Vi lagar cyklar i hela regionen och har gjort det länge.</p></main></html>"
PAUSE = 0.05


@dataclass
class Traffic:
    """Who is being asked right now, by the first part of the path, and the most at any time.

    The first ``meet`` pages are answered when all of them have been asked for. ``beside``: how many other
    hosts were being asked when a page was.
    """

    meet: int = 1
    asked: int = 0
    beside: dict[str, int] = field(default_factory=dict)
    now: Counter[str] = field(default_factory=Counter)
    most: Counter[str] = field(default_factory=Counter)
    most_hosts: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.met = threading.Barrier(self.meet)

    def __call__(self, link: socket.socket, path: str) -> None:
        if path == "/robots.txt":
            answer(link, b"", status="404 Not Found")
            return
        host = path.split("/")[1]
        with self.lock:
            self.asked += 1
            is_met = self.asked <= self.meet
            self.beside[path] = sum(number > 0 for other, number in self.now.items() if other != host)
            self.now[host] += 1
            self.most[host] = max(self.most[host], self.now[host])
            self.most_hosts = max(self.most_hosts, sum(number > 0 for number in self.now.values()))
        if is_met:
            self.met.wait(timeout=9)
        with self.lock:
            self.now[host] -= 1
        answer(link, PAGE.encode())


@contextmanager
def on_loopback(*, meet: int = 1) -> Iterator[Traffic]:
    """While inside, every ``.example`` host is one server here; the guard is the real one but for that."""
    traffic, limits = Traffic(meet), Limits(pause_seconds=PAUSE)
    with serving(traffic) as site:

        def way(together: sites.Together | None = None) -> sites.Way:
            shared = together or sites.Together()
            names = Names({f"{name}.example": [PUBLIC] for name in NAMES})
            fetcher = Fetcher(
                LoopbackGuard(names, stands_for=PUBLIC, port=site.port),
                shared.times,
                user_agent="Prov/1",
                limits=limits,
                ssl_context=shared.ssl_context,
                turns=shared.turns,
            )
            visitor = Visitor(fetcher, shared.times, limits=limits, token="Prov", reader=ReaderHere())
            return sites.Way(visitor)

        with mock.patch.object(sites, "over_the_network", way), mock.patch.object(sites, "LIMITS", limits):
            yield traffic


NAMES = ["ett", "tva", "tre", "fyra"]


@pytest.fixture
def members() -> None:
    """One member for each host, and one more on the first."""
    for number, name in enumerate([*NAMES, "ett"]):
        member(f"Medlem {number}", website=f"http://{name}.example/{name}/{number}", number=None)


def test_many_at_once_and_one_at_a_time_to_each_host(
    members: None, officer: User, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VISITS_AT_ONCE = 5
    made = services.order_round(actor=officer, because="Prov")
    writers, store = set(), visiting._store

    def seen_by(visit: Visit, sight: object) -> Visit:
        writers.add(threading.get_ident())
        return store(visit, sight)  # type: ignore[arg-type]

    monkeypatch.setattr(visiting, "_store", seen_by)
    notes: list[str] = []
    with on_loopback(meet=4) as traffic:
        counts = rounds.visit_all(made.pk, tell=lambda _done, _total, note: notes.append(note))
    assert counts == {VisitOutcome.VISITED: 5}
    assert traffic.most_hosts == 4, "several websites at once"
    assert set(traffic.most.values()) == {1} and set(traffic.most) == set(NAMES)
    assert writers == {threading.get_ident()}, "rows are written by one"
    assert any("Läser 4\u00a0webbplatser" in note for note in notes)
    assert not any("Medlem" in note for note in notes), "no names: everybody sees the job (L-17)"
    assert all(evidence.faults_of(visit) == [] for visit in Visit.objects.all())


def test_no_more_at_once_than_is_set(members: None, officer: User, settings: Settings) -> None:
    settings.VISITS_AT_ONCE = 2
    made = services.order_round(actor=officer, because="Prov")
    with on_loopback(meet=2) as traffic:
        rounds.visit_all(made.pk, tell=lambda *_: None)
    assert traffic.most_hosts == 2


def test_stopped_every_visit_is_whole_or_not_begun(members: None, officer: User, settings: Settings) -> None:
    """Nobody is left behind, nothing is half, and what was not kept is made when it goes on."""
    settings.VISITS_AT_ONCE = 3
    made = services.order_round(actor=officer, because="Prov")

    def stop(done: int, _total: int, note: str) -> None:
        if done and note:
            raise JobEnded("stopped")

    with on_loopback(meet=3):
        with pytest.raises(JobEnded):
            rounds.visit_all(made.pk, tell=stop)
        assert not [each for each in threading.enumerate() if each.name.startswith("visit")]
        finished = Visit.objects.filter(state=VisitState.FINISHED)
        assert 0 < finished.count() < 5
        assert Visit.objects.filter(state=VisitState.WAITING).count() == 5 - finished.count()
        assert set(VisitPage.objects.values_list("visit", flat=True)) == {each.pk for each in finished}
        assert all(evidence.faults_of(visit) == [] for visit in finished)
        assert rounds.visit_all(made.pk, tell=lambda *_: None) == {VisitOutcome.VISITED: 5}


def test_killed_while_it_is_kept_a_visit_is_not_begun(
    members: None, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = services.order_round(actor=officer, because="Prov")
    monkeypatch.setattr(visiting, "store_statements", mock.Mock(side_effect=KeyboardInterrupt))
    with on_loopback(), pytest.raises(KeyboardInterrupt):
        rounds.visit_all(made.pk, tell=lambda *_: None)
    assert not Visit.objects.exclude(state=VisitState.WAITING).exists()
    assert not VisitPage.objects.exists()


def test_two_that_are_led_to_one_host_take_turns() -> None:
    times = Times(lambda: None, time.monotonic, time.sleep)  # type: ignore[arg-type, return-value]
    turns, began, ended = HostTurns(times, pause_seconds=0.2), [], []

    def ask() -> None:
        with turns.turn("ett.example", ends=time.monotonic() + 5):
            began.append(time.monotonic())
            time.sleep(0.05)
            ended.append(time.monotonic())

    both = [threading.Thread(target=ask) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert began[1] >= ended[0] and began[1] - began[0] >= 0.19
    with turns.turn("tva.example", ends=time.monotonic() + 1):
        started = time.monotonic()
        with pytest.raises(NotVisited) as refused, turns.turn("tva.example", ends=started + 0.1):
            raise AssertionError("never its turn")
        assert refused.value.outcome is Outcome.NOT_OUR_TURN and time.monotonic() - started < 1


def test_a_pause_that_is_too_long_is_our_fault_only_after_another_visit() -> None:
    times = Times(lambda: None, lambda: 100.0, lambda _: None)  # type: ignore[arg-type, return-value]
    turns = HostTurns(times, pause_seconds=2)
    with turns.turn("ett.example", ends=200):
        pass

    def refused() -> Outcome:
        with pytest.raises(NotVisited) as error, turns.turn("ett.example", ends=101):
            raise AssertionError("never its turn")
        return error.value.outcome

    with ThreadPoolExecutor(1) as other:
        assert other.submit(refused).result() is Outcome.NOT_OUR_TURN
    assert refused() is Outcome.TOO_SLOW


def kept_waiting(times: int) -> AbstractContextManager[object]:
    """While inside, the turn at ``ett.example`` doesn't come so many times."""
    left, turn = [None] * times, HostTurns.turn

    def never(self: HostTurns, host: str, *, ends: float) -> AbstractContextManager[None]:
        if host == "ett.example" and left:
            left.pop()
            raise NotVisited(Outcome.NOT_OUR_TURN, "Another visit was asking.")
        return turn(self, host, ends=ends)

    return mock.patch.object(HostTurns, "turn", never)


def test_whose_turn_never_came_is_visited_again_alone(members: None, officer: User) -> None:
    made = services.order_round(actor=officer, because="Prov")
    with on_loopback() as traffic, kept_waiting(2):
        counts = rounds.visit_all(made.pk, tell=lambda *_: None)
    assert counts == {VisitOutcome.VISITED: 5}
    assert traffic.beside["/ett/0"] == traffic.beside["/ett/4"] == 0


def test_a_turn_that_does_not_come_at_all_is_not_the_website_s_fault(members: None, officer: User) -> None:
    """It says so, and is not the day's visit."""
    made = services.order_round(actor=officer, because="Prov")
    with on_loopback(), kept_waiting(99):
        counts = rounds.visit_all(made.pk, tell=lambda *_: None)
    assert counts == {VisitOutcome.NOT_OUR_TURN: 2, VisitOutcome.VISITED: 3}
    reasons = set(Visit.objects.filter(outcome=VisitOutcome.NOT_OUR_TURN).values_list("reason", flat=True))
    assert reasons == {"Vi läste samma webbplats i ett annat besök och hann inte med det här. Försök igen."}
    assert services.order_round(actor=officer, because="Igen").visits.count() == 2
