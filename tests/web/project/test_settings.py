"""The product's own settings, as an operator meets them: in a process of their own."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from pakten.project.numbers import whole_number
from pakten.project.secret import FILE_NAME, make_secret_key, secret_key

ROOT = Path(__file__).resolve().parents[3]


def pakten(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """``pakten ...`` with only these PAKTEN settings."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PAKTEN_", "DJANGO_", "COV_"))}
    clean |= {"PYTHONPATH": str(ROOT / "src"), **environment}
    return subprocess.run(
        [sys.executable, "-m", "pakten.project.manage", *arguments],
        env=clean,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_a_key_nothing_starts_and_one_line_says_what_to_do(tmp_path: Path) -> None:
    answer = pakten("check", PAKTEN_VAR=str(tmp_path))
    assert answer.returncode != 0
    assert "Set PAKTEN_SECRET_KEY to a long random text" in answer.stderr.strip().splitlines()[-1]


def test_the_deployment_check_is_clean(tmp_path: Path) -> None:
    make_secret_key(tmp_path)
    answer = pakten(
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        PAKTEN_VAR=str(tmp_path),
        PAKTEN_HTTPS="1",
        PAKTEN_PROXY="1",
    )
    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout


def test_the_models_and_the_migrations_agree(tmp_path: Path) -> None:
    make_secret_key(tmp_path)
    answer = pakten("makemigrations", "--check", "--dry-run", PAKTEN_VAR=str(tmp_path))
    assert answer.returncode == 0, answer.stdout


def test_the_key_file_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    var = tmp_path / "var"
    make_secret_key(var)
    first = secret_key({}, var, debug=False)
    make_secret_key(var)
    assert secret_key({}, var, debug=False) == first
    assert len(first) > 50
    assert stat.S_IMODE((var / FILE_NAME).stat().st_mode) == 0o600


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    make_secret_key(tmp_path)
    assert secret_key({"PAKTEN_SECRET_KEY": "x" * 60}, tmp_path, debug=False) == "x" * 60


def test_an_empty_key_is_no_key(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("\n")
    with pytest.raises(ImproperlyConfigured, match="PAKTEN_SECRET_KEY"):
        secret_key({"PAKTEN_SECRET_KEY": " "}, tmp_path, debug=False)
    assert secret_key({}, tmp_path, debug=True)


def test_links_in_letters_lead_somewhere(tmp_path: Path) -> None:
    """An origin with a star is a pattern of many addresses, and none of them."""
    make_secret_key(tmp_path)
    asked = "from django.conf import settings; print(settings.SITE_ADDRESS)"
    origins = "https://*.stad.example,https://pakten.stad.example"
    answer = pakten("shell", "-c", asked, PAKTEN_VAR=str(tmp_path), PAKTEN_ORIGINS=origins)
    assert answer.stdout.splitlines()[-1] == "https://pakten.stad.example", answer.stderr


@pytest.mark.parametrize("written", ["trettio", "0", "-1", "1.5", "²", "9999999", "30 dagar"])
def test_a_number_that_is_none_is_told_in_one_sentence(written: str) -> None:
    """The variable, what it must be and what stands there: no traceback."""
    with pytest.raises(ImproperlyConfigured, match="PAKTEN_DRAFT_DAYS must be a whole number of days"):
        whole_number({"PAKTEN_DRAFT_DAYS": written}, "PAKTEN_DRAFT_DAYS", default=30, unit="days")


def test_an_unset_number_is_its_default() -> None:
    for environment in ({}, {"X": " "}):
        assert whole_number(environment, "X", default=30, unit="days") == 30
    assert whole_number({"X": " 7 "}, "X", default=30, unit="days") == 7


def test_the_command_line_says_it_without_a_traceback(tmp_path: Path) -> None:
    make_secret_key(tmp_path)
    answer = pakten("migrate", PAKTEN_VAR=str(tmp_path), PAKTEN_DRAFT_DAYS="trettio")
    assert answer.returncode == 2
    said = answer.stderr.strip().splitlines()
    assert said == ["PAKTEN_DRAFT_DAYS must be a whole number of days, 1 or more, not 'trettio'."]


def test_the_readme_names_every_setting() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    read = set(re.findall(r"[\"'`]((?:PAKTEN|VANDEL)_[A-Z_]+[A-Z])[\"'`]", code))
    assert {"PAKTEN_DATABASE", "PAKTEN_THEME", "VANDEL_STORE"} <= read
    told = set(re.findall(r"`([A-Z_]+)`", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert read <= told
