"""A campaign's letters outside the page: each task calls a service."""

from __future__ import annotations

from datetime import time

from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from pakten.jobs import services as jobs
from pakten.jobs.schedules import DAY, Timed
from pakten.jobs.work import running


@task()
def send_out(job_id: int, campaign_id: int) -> None:
    """Post the first letters of a campaign that was opened."""
    from pakten.members.services import campaign_sending

    with running(job_id):

        def tick(done: int, total: int) -> None:
            jobs.progress(job_id, done=done, total=total, note="brev lagda i utgående post")

        sent = campaign_sending.send_first(campaign_id, tick=tick)
        url = reverse("members:campaign", args=[campaign_id])
        jobs.finish(job_id, summary=f"{sent} brev ligger i utgående post.", url=url)


@task()
def tell_moved(job_id: int, campaign_id: int, *, version: int, why: str) -> None:
    """Tell those who have not answered that they have more time."""
    from pakten.members.services import campaign_sending

    with running(job_id):

        def tick(done: int, total: int) -> None:
            jobs.progress(job_id, done=done, total=total, note="brev lagda i utgående post")

        told = campaign_sending.send_moved(campaign_id, version=version, why=why, tick=tick)
        url = reverse("members:campaign", args=[campaign_id])
        jobs.finish(job_id, summary=f"{told} brev ligger i utgående post.", url=url)


@task()
def remind_due() -> None:
    """Note whose mail came back or went to who has left, and remind those who are silent."""
    from pakten.members.services import campaign_sending

    today = timezone.localdate()
    campaign_sending.note_undelivered()
    campaign_sending.note_former_contacts(today=today)
    campaign_sending.remind_due(today=today)


def anything_open() -> bool:
    """Is there any campaign to look at?"""
    from pakten.members.queries.campaigns import open_campaigns

    return open_campaigns().exists()


REMINDERS = Timed(
    "members.pledge_reminders",
    "Påminn om intyganden",
    "pakten.members.campaign_tasks.remind_due",
    every=DAY,
    at=time(8),
    when=anything_open,
)
