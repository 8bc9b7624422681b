"""The pages of the control sheets: lists, files of all members, and whether a sheet at hand is ours."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from openpyxl import load_workbook
from tests.people import person
from tests.web.checks.applicants import NUMBER
from tests.web.checks.world import World
from tests.web.deviations import made
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role
from pakten.checks.models import Control, ControlResult
from pakten.jobs.models import Job
from pakten.records.services import CaseFacts, declare_conflict, open_case
from pakten.sheets import services
from pakten.sheets.models import Sheet
from pakten.sheets.shown import in_groups
from vandel.evidence import canonical_json, sha256_hex


@pytest.fixture
def client(world: World) -> Client:
    """Hanna's; each page is checked for its frame."""
    client = CheckedClient()
    client.force_login(world.officer)
    return client


def test_from_the_control_to_its_sheet(client: Client, control: Control) -> None:
    """The member's tab and the run lead here; one button makes the sheet, another click opens it."""
    organisation = control.membership.organisation
    address = f"/kontrollblad/av/medlem/{control.pk}/"
    for page in (
        f"/medlemmar/{organisation.public_id}/kontroll/",
        f"/kontroll/korningar/{control.run_id}/medlem/{organisation.public_id}/",
    ):
        assert f'href="{address}"' in client.get(page).content.decode(), page
    run = client.get(f"/kontroll/korningar/{control.run_id}/").content.decode()
    assert f'href="/kontrollblad/korningar/{control.run_id}/"' in run
    assert "Inget blad är framtaget än" in client.get(address).content.decode()
    told = client.post(f"{address}ta-fram/", follow=True).content.decode()
    sheet = Sheet.objects.get()
    assert "Kontrollbladet är framtaget." in told and sheet.pdf_sha256 in told
    answer = client.get(f"/kontrollblad/blad/{sheet.public_id}/fil/")
    assert answer["Content-Type"] == "application/pdf"
    assert sha256_hex(answer.content) == sheet.pdf_sha256
    assert "Inget har ändrats" in client.post(f"{address}ta-fram/", follow=True).content.decode()


def test_the_first_page_shows_unknown_beside_met(client: Client, control: Control) -> None:
    text = client.get("/kontrollblad/").content.decode()
    for label in ControlResult.labels:
        assert label in text
    assert "0 av 3" in text
    assert client.get("/kontrollblad/av/annat/1/").status_code == 404
    assert client.get("/kontrollblad/av/medlem/99999/").status_code == 404


def test_all_sheets_of_a_run_by_a_job_and_as_one_file(
    client: Client, control: Control, run_jobs: Callable[[], None]
) -> None:
    """The job tells how far it is and how many; the zip has each sheet and a table with their digests."""
    here = f"/kontrollblad/korningar/{control.run_id}/"
    assert client.post(f"{here}alla/").status_code == 302
    run_jobs()
    job = Job.objects.get(kind=f"sheets.run.{control.run_id}")
    assert (job.state, job.done, job.total, job.result_url) == ("done", 3, 3, here)
    assert "3 är nya" in job.summary
    packed = io.BytesIO(b"".join(client.get(f"{here}zip/").streaming_content))  # type: ignore[attr-defined]
    with zipfile.ZipFile(packed) as archive:
        assert archive.testzip() is None
        rows = list(
            csv.DictReader(io.StringIO(archive.read("innehall.csv").decode("utf-8-sig")), delimiter=";")
        )
        assert [row["Organisation"][:6] for row in rows] == ["Almby ", "Björkv", "Kommun"]
        for row in rows:
            assert sha256_hex(archive.read(row["Fil"])) == row["SHA-256"]
    client.post(f"{here}alla/")
    run_jobs()
    assert Sheet.objects.count() == 3, "the same facts are not drawn twice"
    assert "0 är nya" in Job.objects.latest("pk").summary
    assert "Alla 3" in client.get(here).content.decode()


def test_excel_has_everybody_with_typed_columns_and_the_unknown(client: Client, control: Control) -> None:
    """One row per member; the overview counts unknown by itself, and the sum is everybody."""
    answer = client.get(f"/kontrollblad/korningar/{control.run_id}/excel/")
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == [
        "Översikt", "Medlemmar", "Jämförelser", "Kontrollpunkter", "Namnlikheter", "Utgåvor", "Definitioner",
    ]  # fmt: skip
    head, everybody, *_rest = book["Översikt"].iter_rows(values_only=True)
    assert head == ("Vad", "Uppfyllt", "Inte uppfyllt", "Vet inte", "Gäller inte", "Summa")
    assert everybody == ("Alla medlemmar", 1, 0, 1, 1, 3)
    names, *members = book["Medlemmar"].iter_rows(values_only=True)
    rows = [dict(zip(names, row, strict=True)) for row in members]
    assert [row["Resultat"] for row in rows] == ["Uppfyllt", "Vet inte", "Gäller inte"]
    assert all(row["Kontrollerad"].year >= 2026 for row in rows), "a moment, not a text"
    assert rows[1]["Väntar på bedömning"] == 1
    assert rows[1]["Webbplatsbesök"] == "Inte besökt"
    assert any(name.startswith("Lista: ") for name in names)
    alike = list(book["Namnlikheter"].iter_rows(values_only=True))
    assert len(alike) == 2 and alike[1][8] == "Väntar på bedömning"
    words = {row[0] for row in book["Definitioner"].iter_rows(values_only=True)}
    assert {*ControlResult.labels, "Avvikelse", "Gick inte att kontrollera"} <= words


def test_excel_keeps_numbers_as_text_and_masks_a_sole_trader(world: World, client: Client) -> None:
    """L-29: the number of a sole trader is a personal number, in no export."""
    personal = "6408233234"
    world.take()
    world.member("Hantverk Ett", number=personal)
    world.member("=HYPERLINK(1)", number=NUMBER)
    run = world.run()
    book = load_workbook(io.BytesIO(client.get(f"/kontrollblad/korningar/{run.pk}/excel/").content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if personal[-4:] in str(cell.value) and "640823" in str(cell.value)]
    assert not [cell for cell in cells if cell.data_type == "f"], "no cell is a formula"
    numbers = list(book["Medlemmar"]["B"][1:])
    assert {cell.data_type for cell in numbers} == {"s"}
    assert f"{NUMBER[:6]}-{NUMBER[6:]}" in {cell.value for cell in numbers}


@pytest.fixture
def sheet(world: World, control: Control) -> Sheet:
    return services.draw(control, actor=world.officer).sheet


def asked(client: Client, data: bytes | None = None, digest: str = "") -> str:
    sent: dict[str, object] = {"digest": digest}
    if data is not None:
        sent["file"] = SimpleUploadedFile("blad.pdf", data, "application/pdf")
    return client.post("/kontrollblad/kontrollera/", sent).content.decode()


def test_a_sheet_at_hand_is_known_again(client: Client, control: Control, sheet: Sheet) -> None:
    """As file, as what lies inside, as receipt, as digest typed in groups: and never when one bit differs."""
    pdf = bytes(sheet.pdf)
    assert "Det är kontrollbladet för Björkvikens" in asked(client, pdf)
    assert "Det är innehållet i" in asked(client, canonical_json(sheet.content))
    assert "Det är kvittot på" in asked(client, digest=control.receipt_sha256)
    assert "Det är kontrollbladet för" in asked(client, digest=in_groups(sheet.pdf_sha256).upper())
    assert "inte ett av våra" in asked(client, pdf[:-1] + bytes([pdf[-1] ^ 1]))
    assert "inte ett av våra" in asked(client, b"")
    assert "inte ett av våra" in asked(client, digest="0" * 64)


@pytest.mark.parametrize("typed", ["", "abc", "x" * 64, "0" * 63, "0" * 65])
def test_what_is_no_digest_is_told_so(client: Client, typed: str) -> None:
    answer = client.post("/kontrollblad/kontrollera/", {"digest": typed})
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()


def test_one_who_sees_no_controls_is_told_whose_it_is_and_no_more(sheet: Sheet) -> None:
    client = CheckedClient()
    client.force_login(person(Role.BOARD_MEMBER))
    text = asked(client, bytes(sheet.pdf))
    assert "Det är kontrollbladet för" in text and "Öppna kontrollbladet" not in text


def test_the_command_answers_the_same(
    sheet: Sheet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "blad.pdf"
    file.write_bytes(bytes(sheet.pdf))
    call_command("verify_sheet", str(file))
    call_command("verify_sheet", sheet.content_sha256)
    assert capsys.readouterr().out.count("Äkta: Björkvikens Snickeri AB") == 2
    file.write_bytes(b"annat")
    for what, code in ((str(file), 1), ("0" * 64, 1), ("inte något", 2)):
        with pytest.raises(CommandError) as told:
            call_command("verify_sheet", what)
        assert told.value.returncode == code


def test_a_sheet_is_registered_from_its_page(
    client: Client, control: Control, sheet: Sheet, world: World
) -> None:
    """A case that has nothing to do with the member is not offered, and not taken."""
    other = open_case(CaseFacts("Något annat"), actor=world.officer)
    address = f"/kontrollblad/blad/{sheet.public_id}/diariefor/"
    assert "Välj ett ärende" in client.post(address, {"case": other.pk}, follow=True).content.decode()
    assert "Välj ett ärende" in client.post(address, follow=True).content.decode()


def test_pages_ask_the_database_little(
    client: Client, control: Control, sheet: Sheet, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for address in (
        "/kontrollblad/",
        f"/kontrollblad/korningar/{control.run_id}/",
        f"/kontrollblad/av/medlem/{control.pk}/",
    ):
        with django_assert_max_num_queries(30):  # type: ignore[attr-defined]
            client.get(address)


def test_no_count_tells_of_a_case_that_is_closed_to_the_reader(
    client: Client, control: Control, world: World, run_jobs: Callable[[], None]
) -> None:
    """L-17: lists, counts, the job's words, the zip and the workbook are of what the reader may see."""
    run = f"/kontrollblad/korningar/{control.run_id}/"
    client.post(f"{run}alla/")
    run_jobs()
    for address, words in (("/kontrollblad/", "3 av 3"), (run, "Alla 3")):
        assert words in " ".join(client.get(address).content.decode().replace("\u00a0", " ").split())
    deviation = made.confirmed(control.membership.organisation)
    declare_conflict(deviation.case, world.officer, actor=world.officer, reason="Min svåger")  # type: ignore[arg-type]
    answer = client.get("/kontrollblad/")
    [(_run, counts, members, drawn)] = answer.context["rows"]
    assert (counts, members, drawn) == ({"met": 1, "not_met": 0, "unknown": 0, "not_applicable": 1}, 2, 2)
    answer = client.get(run)
    assert (answer.context["total"], answer.context["drawn"], len(answer.context["rows"])) == (2, 2, 2)
    assert answer.context["counts"]["unknown"] == 0
    assert "Björkvikens" not in answer.content.decode()
    packed = io.BytesIO(b"".join(client.get(f"{run}zip/").streaming_content))  # type: ignore[attr-defined]
    assert len(zipfile.ZipFile(packed).namelist()) == 3, "two sheets and their table"
    client.post(f"{run}alla/")
    run_jobs()
    job = Job.objects.filter(kind=f"sheets.run.{control.run_id}").latest("pk")
    assert job.title == "Kontrollblad för 2 medlemmar" and job.summary.startswith("2")
    client.force_login(world.manager)
    assert client.get(run).context["total"] == 3
