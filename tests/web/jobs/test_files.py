"""A file that somebody hands in is there until its job has ended well, whatever happens to the worker."""

from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.people import person
from tests.web.jobs import work_to_do
from tests.web.jobs.test_worker import eventually, worker

from pakten.accounts.models import Role
from pakten.jobs import faults, files, services
from pakten.jobs.errors import JobRefused
from pakten.jobs.models import Job, State


def order(folder: Path, *, number: int = 1) -> tuple[Job, Path]:
    """A job that reads a file, and where the file lies."""
    path = files.put_aside(SimpleUploadedFile("../../lista å.csv", b"Innehall"), folder, unnamed="fil")
    arguments = {"path": path, "number": number}
    job = services.start("tests.file", "Läs", actor=None, task=work_to_do.read_slowly, arguments=arguments)
    return job, Path(path)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_leaves_the_file_and_the_job_is_started_again_with_it(tmp_path: Path) -> None:
    job, file = order(tmp_path, number=2_000)
    first = worker()
    eventually(job, lambda job: job.state == State.RUNNING and job.done > 0)
    first.kill()
    first.communicate()
    assert file.read_bytes() == b"Innehall"
    Job.objects.update(
        lease_until=timezone.now() - timedelta(seconds=1), arguments={"path": str(file), "number": 1}
    )
    job.refresh_from_db()
    services.restart(job, actor=person(Role.MANAGER))
    second = worker("--batch")
    second.communicate(timeout=30)
    job.refresh_from_db()
    assert (job.state, job.summary, job.attempt) == (State.DONE, "Innehall", 2)
    assert not file.parent.exists(), "it is read, and kept no longer"


def test_a_file_lies_within_its_store_whatever_it_is_called(tmp_path: Path) -> None:
    for name in ("../../etc", "x" * 400 + ".csv", "å" * 300, "."):
        upload = SimpleUploadedFile("a", b"")
        upload._name = name
        lies = Path(files.put_aside(upload, tmp_path, unnamed="fil"))
        assert lies.exists() and lies.resolve().is_relative_to(tmp_path.resolve()), name


def test_what_went_wrong_is_told_and_the_page_says_how_long_the_file_is_kept(
    db: None,
    tmp_path: Path,
    run_jobs: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    signed_in_client: Callable[[Role], Client],
) -> None:
    job, file = order(tmp_path)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(work_to_do.time, "sleep", full)
        run_jobs()
    job.refresh_from_db()
    assert job.state == State.FAILED and job.error == f"Disken är full. {faults.WHAT_NOW}"
    client = signed_in_client(Role.MANAGER)
    page = client.get(reverse("jobs:job", args=[job.pk])).text
    assert "Disken är full." in page and "Filen finns kvar till" in page and "Starta igen" in page
    client.post(reverse("jobs:restart", args=[job.pk]))
    run_jobs()
    job.refresh_from_db()
    assert job.state == State.DONE and not file.exists()
    assert "Filen finns" not in client.get(reverse("jobs:job", args=[job.pk])).text


@pytest.mark.parametrize("state", [State.FAILED, State.STOPPED])
def test_a_file_is_given_up_after_a_week_and_not_before(
    db: None, tmp_path: Path, signed_in_client: Callable[[Role], Client], state: State
) -> None:
    job, file = order(tmp_path)
    waiting, other = order(tmp_path)
    ended = timezone.now() - files.KEPT + timedelta(minutes=1)
    Job.objects.filter(pk=job.pk).update(state=state, finished_at=ended)
    assert not files.anything_given_up() and files.give_up() == 0 and file.exists()
    Job.objects.filter(pk=job.pk).update(finished_at=ended - timedelta(minutes=2))
    assert files.anything_given_up() and files.give_up() == 1
    assert not file.parent.exists() and other.exists(), "one that waits is nobody's to clear away"
    job.refresh_from_db()
    with pytest.raises(JobRefused, match="Filen finns inte kvar"):
        services.restart(job, actor=person(Role.MANAGER))
    page = signed_in_client(Role.MANAGER).get(reverse("jobs:job", args=[job.pk])).text
    assert "Filen finns inte kvar." in page and "Starta igen" not in page
    assert waiting.state == State.QUEUED and files.give_up() == 0


def test_a_path_that_is_no_handed_in_file_is_never_cleared(db: None, tmp_path: Path) -> None:
    own = tmp_path / "mitt" / "arkiv.csv"
    own.parent.mkdir()
    own.write_text("Kvar")
    job = services.start(
        "tests.file",
        "Läs",
        actor=None,
        task=work_to_do.read_slowly,
        arguments={"path": str(own), "number": 1},
    )
    long_ago = timezone.now() - timedelta(days=365)
    Job.objects.filter(pk=job.pk).update(state=State.FAILED, finished_at=long_ago)
    assert files.give_up() == 0 and own.exists()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (MemoryError(), "Datorns minne räckte inte till."),
        (FileNotFoundError(), "En fil som jobbet behöver finns inte kvar."),
        (OperationalError(), "Databasen svarade inte."),
        (PermissionDenied(), "Den som startade jobbet har inte rätt att göra det."),
        (UnicodeDecodeError("utf-8", b"x", 0, 1, "x"), "En text går inte att läsa som text."),
        (KeyError("x"), "Programmet råkade ut för ett fel som det inte känner igen (KeyError)."),
    ],
)
def test_each_fault_has_its_sentence(error: Exception, told: str) -> None:
    assert faults.in_words(error) == f"{told} {faults.WHAT_NOW}"
    during = faults.in_words(error, during="Läser filen")
    assert during == f"{told} Det sista som gjordes var: Läser filen. {faults.WHAT_NOW}"
