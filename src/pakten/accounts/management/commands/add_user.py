"""``pakten add_user``: make an account on the server, for example the first administrator."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from pakten.accounts.models import Role
from pakten.accounts.services import add_user


class Command(BaseCommand):
    help = "Make an account for a named person. The password is asked for, or read from standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The person and the roles."""
        parser.add_argument("username")
        parser.add_argument("first_name")
        parser.add_argument("last_name")
        parser.add_argument(
            "--role", action="append", choices=Role.values, required=True, help="may be repeated"
        )
        parser.add_argument("--title", default="", help="shown beside the name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the account, or say in one line why not."""
        password = getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            user = add_user(
                options["username"],
                (options["first_name"], options["last_name"]),
                roles=[Role(role) for role in options["role"]],
                password=password,
                actor=None,
                title=options["title"],
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error
        self.stdout.write(f"Made {user.username} ({user}): {', '.join(options['role'])}")
