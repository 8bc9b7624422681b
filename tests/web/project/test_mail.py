"""Where e-mail goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from pakten.project.mail import mail_settings


def test_without_an_address_mail_is_kept_as_files(tmp_path: Path) -> None:
    described = mail_settings("", tmp_path)
    assert described["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
    assert described["EMAIL_FILE_PATH"] == str(tmp_path / "mail")


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl"),
    [
        ("smtp://a:b%40c@relay.example", 587, True, False),
        ("smtps://a:b%40c@relay.example", 465, False, True),
        ("smtp+plain://a:b%40c@relay.example:2525", 2525, False, False),
    ],
)
def test_a_relay_is_asked_with_encryption_unless_told_otherwise(
    address: str, port: int, tls: bool, ssl: bool
) -> None:
    described = mail_settings(address, Path())
    assert (described["EMAIL_HOST"], described["EMAIL_HOST_PASSWORD"]) == ("relay.example", "b@c")
    assert (described["EMAIL_PORT"], described["EMAIL_USE_TLS"], described["EMAIL_USE_SSL"]) == (
        port,
        tls,
        ssl,
    )


@pytest.mark.parametrize("address", ["relay.example", "http://relay.example", "smtp://"])
def test_another_address_is_refused(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="PAKTEN_SMTP"):
        mail_settings(address, Path())
