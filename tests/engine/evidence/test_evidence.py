"""Sources and digests."""

import hashlib
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from vandel.evidence import Source, canonical_json, digest_of_file, digest_of_value, sha256_hex
from vandel.model import Identifier, Result

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_a_source_knows_which_bytes(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"abc" * 700_000)
    of_file = Source.of_file(path, what="En lista", where="x", fetched_at=NOW)
    assert of_file == Source.of_bytes(b"abc" * 700_000, what="En lista", where="x", fetched_at=NOW)
    assert (of_file.sha256, of_file.length) == digest_of_file(path)
    assert of_file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(FrozenInstanceError):
        of_file.length = 1


@pytest.mark.parametrize(
    "fault",
    [
        {"what": " "},
        {"where": ""},
        {"fetched_at": datetime(2026, 11, 21)},
        {"sha256": "abc"},
        {"sha256": "A" * 64},
        {"length": -1},
    ],
)
def test_no_source_without_its_parts(fault):
    with pytest.raises(ValueError, match="source"):
        replace(Source.of_bytes(b"", what="x", where="y", fetched_at=NOW), **fault)


def test_canonical_json():
    stockholm = timezone(timedelta(hours=1))
    value = {
        "ö": ["A\u030a", True, None, 1.5],
        "a": {"när": NOW.astimezone(stockholm), "dag": date(2026, 11, 21)},
        "n": Identifier("inn", "1"),
        "r": Result.MET,
        "s": frozenset({"b", "a"}),
    }
    assert canonical_json(value).decode() == (
        '{"a":{"dag":"2026-11-21","när":"2026-11-21T12:00:00Z"},"n":{"scheme":"inn","value":"1"},'
        '"r":"met","s":["a","b"],"ö":["Å",true,null,1.5]}'
    )
    assert digest_of_value(value) == sha256_hex(canonical_json(value))


@pytest.mark.parametrize(
    "value",
    [datetime(2026, 1, 1), float("nan"), {1: 2}, object(), b"x"],
    ids=["naive", "nan", "key", "object", "bytes"],
)
def test_what_has_no_canonical_json(value):
    with pytest.raises((TypeError, ValueError)):
        canonical_json(value)
