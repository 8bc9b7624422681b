"""A process that decides, or agrees, once it is told to, and tells when it is done; to be killed."""

import sys
from uuid import UUID

import django

django.setup()

from pakten.accounts.models import User  # noqa: E402
from pakten.decisions.models import Decision  # noqa: E402
from pakten.decisions.services import agree  # noqa: E402
from pakten.members.models import Application, ApplicationOutcome  # noqa: E402
from pakten.members.services.applications import Ruling, decide_application  # noqa: E402

verb, key, username, submission = sys.argv[1:]
actor = User.objects.get(username=username)
sys.stdout.write("ready\n")
sys.stdout.flush()
sys.stdin.readline()
if verb == "decide":
    application = Application.objects.get(public_id=key)
    ruling = Ruling(ApplicationOutcome.ACCEPT)
    decide_application(
        application,
        ruling,
        actor=actor,
        submission=UUID(submission),
        expected_version=application.version,
    )
else:
    decision = Decision.objects.get(public_id=key)
    agree(decision, actor=actor, expected_version=decision.version)
sys.stdout.write("ok\n")
sys.stdout.flush()
