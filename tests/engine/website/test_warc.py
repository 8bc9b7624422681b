"""The evidence verifies, with the standard library alone, and names what was changed."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from vandel.evidence.archive import Archive, packed
from vandel.evidence.archive_verify import load, problems
from vandel.evidence.warc import Conversation, records_of

MOMENT = datetime(2026, 5, 24, 12, 0, 0, 123456, tzinfo=UTC)
SENT = b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"
RECEIVED = b"HTTP/1.1 200 OK\r\nX-Odd:   spaces\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhej\r\n0\r\n\r\n"
ONE = Conversation("http://a.example/", MOMENT, "93.184.215.14", SENT, RECEIVED, True)


def package() -> Archive:
    two = replace(ONE, url="http://a.example/b", is_whole=False, received=RECEIVED[:-9])
    records = records_of("software: vandel\n", [ONE, two], made_at=MOMENT)
    texts = {"text/01-full.txt": "Hej på dig".encode(), "text/01-main.txt": b"Hej"}
    return packed(records, texts=texts, told={"ordered_by": "Åsa", "started_at": MOMENT})


def test_another_reader_finds_the_records_whole():
    """``warcio`` reads what we write, checks its digests, and gives back each byte."""
    found = []
    for record in ArchiveIterator(io.BytesIO(package().files["visit.warc"]), check_digests="raise"):
        kind, uri = record.rec_type, record.rec_headers.get_header("WARC-Target-URI")
        found.append((kind, uri, record.rec_headers.get_header("WARC-IP-Address")))
        if uri == "http://a.example/" and kind == "response":
            assert record.content_stream().read() == b"hej"
        record.raw_stream.read()
    address = "93.184.215.14"
    assert found == [
        ("warcinfo", None, None),
        ("request", "http://a.example/", address),
        ("response", "http://a.example/", address),
        ("request", "http://a.example/b", address),
        ("response", "http://a.example/b", address),
    ]


def test_bytes_are_kept_as_they_came():
    warc = package().files["visit.warc"]
    assert SENT in warc and RECEIVED in warc and b"WARC-Truncated: unspecified" in warc


def test_the_same_visit_gives_the_same_package():
    assert package().as_zip() == package().as_zip()


@pytest.mark.parametrize("as_zip", [False, True])
def test_the_verifier_needs_only_the_standard_library(tmp_path, as_zip):
    made = package()
    target = tmp_path / ("visit.zip" if as_zip else "visit")
    if as_zip:
        target.write_bytes(made.as_zip())
    else:
        made.write_to(target)
    (tmp_path / "verify.py").write_bytes(made.files["verify.py"])

    def run(*arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-I", "-S", str(tmp_path / "verify.py"), str(target), *arguments],
            capture_output=True,
            text=True,
        )
        return done.returncode, done.stdout

    assert run(made.manifest_sha256) == (0, "Everything is whole.\n")
    assert run()[0] == 0
    assert run("0" * 64)[0] == 1
    assert load(target) == dict(made.files)


def test_every_flipped_byte_is_found_and_named():
    """All bytes of the manifest and the texts, and of the WARC each one too."""
    made = package()
    for name in ("visit.warc", "manifest.json", "manifest.sha256", "text/01-full.txt"):
        for at in range(len(made.files[name])):
            changed = bytearray(made.files[name])
            changed[at] ^= 1 << (at % 8)
            found = problems({**made.files, name: bytes(changed)}, made.manifest_sha256)
            assert any(name in sentence for sentence in found), (name, at)


def test_a_flip_names_the_record():
    made = package()
    warc = bytearray(made.files["visit.warc"])
    warc[warc.index(b"hej")] ^= 1
    found = problems({**made.files, "visit.warc": bytes(warc)})
    assert "visit.warc: record 3 (response of http://a.example/) was changed in what was sent." in found
    assert not any("record 2" in sentence or "record 4" in sentence for sentence in found)


def test_missing_added_and_swapped_files_are_named():
    made = package()
    files = dict(made.files)
    assert problems({**files, "extra.txt": b"x"}) == ["extra.txt is not in the manifest."]
    assert problems({k: v for k, v in files.items() if k != "text/01-main.txt"}) == [
        "text/01-main.txt is missing."
    ]
    assert problems({}) == ["manifest.json is missing."]
    swapped = {
        **files,
        "text/01-main.txt": files["text/01-full.txt"],
        "text/01-full.txt": files["text/01-main.txt"],
    }
    assert len(problems(swapped)) == 2
    assert problems({**files, "visit.warc": files["visit.warc"] + b"x"})


def test_a_package_forged_throughout_fails_against_the_registered_digest():
    made = package()
    forged = packed(
        records_of(
            "software: vandel\n", [replace(ONE, received=RECEIVED.replace(b"hej", b"nej"))], made_at=MOMENT
        ),
        texts={},
        told={},
    )
    assert problems(dict(forged.files)) == []
    assert problems(dict(forged.files), made.manifest_sha256)


@given(st.binary(max_size=400))
@settings(max_examples=60)
def test_any_manifest_is_answered_with_sentences(data):
    assert problems({"manifest.json": data})


@given(st.binary(max_size=2_000), st.binary(min_size=1, max_size=200))
@settings(max_examples=60)
def test_any_bytes_come_back_from_the_record(received, sent):
    one = replace(ONE, received=received, sent=sent)
    made = packed(records_of("", [one], made_at=MOMENT), texts={}, told={})
    places = json.loads(made.files["manifest.json"])["records"]
    warc = made.files["visit.warc"]
    blocks = [warc[p["offset"] : p["offset"] + p["bytes"]].partition(b"\r\n\r\n")[2][:-4] for p in places]
    assert blocks == ([b"", sent, received] if received else [b"", sent])


def test_damaged_zip_files_are_refused_in_one_line(tmp_path):
    data = package().as_zip()
    chance = random.Random(4)
    for number in range(60):
        changed = bytearray(data)
        changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path = tmp_path / f"{number}.zip"
        path.write_bytes(bytes(changed))
        try:
            files = load(path)
        except (ValueError, OSError):
            continue
        assert files == dict(package().files) or problems(files)
