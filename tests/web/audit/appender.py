"""A process that appends to the log and tells each entry once it is committed; to be killed."""

import sys

import django

django.setup()

from django.db import transaction  # noqa: E402

from pakten.audit.services import record  # noqa: E402

while True:
    with transaction.atomic():
        entry = record("tests.thing.changed", None, actor=None, after={"kept": True})
    sys.stdout.write(f"{entry.sequence}\n")
    sys.stdout.flush()
