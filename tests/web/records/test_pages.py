"""The diary's pages: well made, filtered by address, safe against whatever is typed."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.people import person
from tests.web.pages import CheckedClient
from tests.web.records import diary
from tests.web.records.diary import asked, case, draft, due, marked, proposed, received

from pakten.accounts.models import Role
from pakten.records import services, throttle
from pakten.records.models import Case, FormUse, Outcome, Record, RecordRequest, RegistrySeries, State

pytestmark = pytest.mark.django_db

NAUGHTY = [
    "", " ", "\x00", "<script>alert(1)</script>", "{{ 7*7 }}{% now %}", "'; DROP TABLE records_record; --",
    "=HYPERLINK(\"http://x\")", "\u202eevil\u202c", "مرحبا بالعالم", "שלום", "Z̴̡̛a̶l̷g̴o̵", "👩‍👩‍👧‍👦 🇸🇪", "ﷺ" * 50,
    "Åäö ÅÄÖ", "\ufeff", "\u2028\u2029", "раураl", "None", "null", "-1", "1e309", "../../etc/passwd",
    "%00%0a", "a" * 1_000_000, "\r\nSet-Cookie: x=1", "\ud83d",
]  # fmt: skip


def client_for(role: Role | None) -> CheckedClient:
    client = CheckedClient()
    if role:
        client.force_login(person(role))
    return client


@pytest.fixture
def registrar() -> CheckedClient:
    return client_for(Role.REGISTRAR)


@pytest.fixture
def officer_page() -> CheckedClient:
    return client_for(Role.CASE_OFFICER)


@pytest.fixture
def anybody() -> Client:
    """The registrar again, with a client that lets pages say whatever people typed."""
    client = Client()
    client.force_login(person(Role.REGISTRAR))
    return client


def words(client: CheckedClient, address: str) -> str:
    """The text of the page's main part."""
    main = BeautifulSoup(client.get(address, follow=True).content, "html.parser").main
    assert main
    return " ".join(main.get_text(" ").split())


def incoming(**more: object) -> dict[str, object]:
    """What the form for an incoming paper sends."""
    return {
        "submission": str(uuid4()),
        "type_code": "incoming",
        "short_content": "Fråga om praktik",
        "sender": "Föreningen Långbordet",
        "received_on": timezone.localdate().isoformat(),
    } | more


def numbers_in(client: CheckedClient, address: str) -> list[str]:
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    return [cell.get_text(strip=True) for cell in soup.select("tbody th")]


def test_empty_pages_say_what_will_be_here(registrar: CheckedClient) -> None:
    assert "Diariet är tomt" in words(registrar, "/diarium/")
    assert "Diariet är tomt" in words(registrar, "/diarium/?visa=arenden")
    assert "Ingen begäran väntar" in words(registrar, "/diarium/begaran/")
    assert "Inga förslag väntar" in words(registrar, "/diarium/begaran/?flik=markeringar")
    assert "Ingen begäran är besvarad" in words(registrar, "/diarium/begaran/?flik=besvarade")
    assert "Diariet är tomt än så länge" in words(client_for(None), "/oppet-diarium/")


def test_a_paper_is_registered_with_its_files(officer_page: CheckedClient) -> None:
    uploads = [SimpleUploadedFile(name, diary.PDF) for name in ("brev.pdf", "bilaga.pdf")]
    answer = officer_page.post("/diarium/registrera/", incoming(uploads=uploads), follow=True)
    record = Record.objects.get()
    assert f"Registrerad som {record.number}." in answer.content.decode()
    assert [file.original_name for file in record.files.all()] == ["brev.pdf", "bilaga.pdf"]
    assert record.created_by == person(Role.CASE_OFFICER)


def test_sending_the_same_form_twice_registers_once(officer_page: CheckedClient) -> None:
    form = incoming()
    for _ in range(2):
        assert officer_page.post("/diarium/registrera/", form).status_code == 302
    assert Record.objects.count() == 1


def test_a_paper_joins_the_case_that_the_address_names(officer_page: CheckedClient) -> None:
    first = received()
    officer_page.post(f"/diarium/registrera/?arende={first.case_id}", incoming())
    assert first.case.records.count() == 2
    for strange in ("x", "999999", "9" * 30, "-1"):
        assert officer_page.get(f"/diarium/registrera/?arende={strange}").status_code == 404


def test_an_earlier_day_is_noon_and_the_future_is_refused(officer_page: CheckedClient) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    officer_page.post("/diarium/registrera/", incoming(received_on=yesterday.isoformat()))
    assert timezone.localtime(Record.objects.get().received_or_drawn_up_at).date() == yesterday
    for day, sentence in (
        ((yesterday + timedelta(days=9)).isoformat(), "ligger i framtiden"),
        ("0001-01-01", "för långt tillbaka"),
        ("igår", "Skriv datumet som"),
    ):
        answer = officer_page.post("/diarium/registrera/", incoming(received_on=day))
        assert answer.status_code == 422 and sentence in answer.content.decode()
        assert "Fråga om praktik" in answer.content.decode(), "what was typed is kept"
    assert Record.objects.count() == 1


def test_the_diary_is_filtered_by_its_address(registrar: CheckedClient) -> None:
    old = received("Gammal fråga", "Bo Ek", received_at=timezone.now() - timedelta(days=40))
    mark = marked(received("Avtal", "Snödroppens Bageri AB"))
    services.register_sent(
        old.case, services.Paper("Svar", "letter", recipient="Bo Ek"), actor=person(Role.CASE_OFFICER)
    )
    today = timezone.localdate().isoformat()
    everything = numbers_in(registrar, "/diarium/")
    assert len(everything) == 3
    for query, wanted in {
        "sok=SNODROPPENS": [mark.record.number],
        f"sok={old.case.registry_no}": [f"{old.case.registry_no}-2", old.number],
        "riktning=out": [f"{old.case.registry_no}-2"],
        "markerad=on": [mark.record.number],
        f"till={today}&fran={today}&riktning=in": [mark.record.number],
        "typ=letter": [f"{old.case.registry_no}-2"],
        "lage=closed": [],
        "gallras=on": [],
        "sort=nummer": [old.number, f"{old.case.registry_no}-2", mark.record.number],
        "visa=arenden&sort=nummer": [old.case.registry_no, mark.record.case.registry_no],
        "visa=arenden&markerad=on": [mark.record.case.registry_no],
    }.items():
        assert numbers_in(registrar, f"/diarium/?{query}") == wanted, query


@pytest.mark.parametrize("address", ["/diarium/", "/oppet-diarium/", "/diarium/begaran/", "/begar-handling/"])
def test_no_address_breaks_a_list(anybody: Client, address: str) -> None:
    received()
    asked()
    names = ("sok", "riktning", "typ", "lage", "fran", "till", "sort", "page", "visa", "flik", "handling")
    for value in [text for text in NAUGHTY if len(text) < 1000 and text != "\ud83d"]:
        assert anybody.get(address, dict.fromkeys(names, value)).status_code == 200, value
    for name in names:
        assert anybody.get(address, {name: "\x00"}).status_code == 200, name
    for edge in ("0001-01-01", "9999-12-31"):
        assert anybody.get(address, {"fran": edge, "till": edge}).status_code == 200


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_no_text_breaks_a_form(anybody: Client, text: str) -> None:
    record = received()
    series = RegistrySeries.objects.get()
    sent = text.encode("utf-8", "replace").decode()
    posts = {
        "/diarium/registrera/": incoming(short_content=sent, sender=sent),
        "/diarium/arende/nytt/": {"title": sent},
        f"/diarium/arende/{record.case_id}/utkast/": {
            "type_code": "note",
            "short_content": sent,
            "recipient": sent,
        },
        f"/diarium/handling/{record.pk}/markera/": {"provision": sent, "reason": sent},
        f"/diarium/handling/{record.pk}/ratta/": {"version": 2, "short_content": sent, "reason": sent},
        f"/diarium/arende/{record.case_id}/nummer/": {
            "version": record.case.version,
            "number": sent,
            "system": sent,
        },
        f"/diarium/handling/{record.pk}/gallra/": {"version": sent, "decision": sent},
        "/diarium/nummerserie/": {"version": series.version, "authority": sent, "pattern": sent},
        "/begar-handling/": {"submission": str(uuid4()), "text": sent},
    }
    for address, form in posts.items():
        answer = anybody.post(address, form)
        assert answer.status_code in (302, 422), address
    assert "<script>alert" not in anybody.get("/diarium/").content.decode()
    assert anybody.get("/oppet-diarium/").status_code == 200
    for made in Record.objects.all():
        assert anybody.get(f"/diarium/handling/{made.pk}/").status_code in (200, 403)
    assert anybody.get("/diarium/hamta/csv/").status_code == 200


def test_a_cell_is_no_formula_and_personal_numbers_stay_out(registrar: CheckedClient) -> None:
    received("=1+1", "@SUM(A1)")
    text = registrar.get("/diarium/hamta/csv/").content.decode()
    assert "'=1+1" in text and "'@SUM" in text


def test_screen_and_export_agree(registrar: CheckedClient) -> None:
    for number in range(4):
        received(f"Fråga {number}", "Bo Ek" if number % 2 else "Föreningen Långbordet")
    for query in ("", "sok=langbordet", "visa=arenden", "riktning=out"):
        shown = numbers_in(registrar, f"/diarium/?{query}")
        lines = registrar.get(f"/diarium/hamta/maskin/?{query}").content.decode().splitlines()[1:]
        assert [line.split(",")[0] for line in lines] == shown
    assert registrar.get("/diarium/hamta/excel/").content[:2] == b"PK"
    assert registrar.get("/diarium/hamta/exe/").status_code == 404


def test_a_file_is_saved_never_shown(registrar: CheckedClient) -> None:
    page = b"<html><script>alert(1)</script>"
    record = received(files=[services.NewFile.of_bytes("så här.html", page)])
    answer = registrar.get(f"/diarium/handling/{record.pk}/fil/{record.files.get().pk}/")
    assert b"".join(answer.streaming_content) == page
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert registrar.get(f"/diarium/handling/{received().pk}/fil/{record.files.get().pk}/").status_code == 404


def test_a_draft_goes_from_form_to_dispatch(officer_page: CheckedClient) -> None:
    made = case()
    address = f"/diarium/arende/{made.pk}/utkast/"
    sent = {"type_code": "letter", "short_content": "Svar till er", "recipient": "Föreningen Långbordet"}
    officer_page.post(address, sent | {"uploads": SimpleUploadedFile("brev.pdf", diary.PDF)})
    record = Record.objects.get()
    page = f"/diarium/handling/{record.pk}/"
    assert "Gör utkastet till handling" in words(officer_page, page)
    changed = {
        "version": record.version,
        "short_content": "Svar till er alla",
        "recipient": "Föreningen Långbordet",
    }
    assert officer_page.post(f"{page}andra/", changed).status_code == 302
    stale = officer_page.post(f"{page}andra/", changed)
    assert stale.status_code == 422 and "Någon annan har ändrat" in stale.content.decode()
    record.refresh_from_db()
    said = officer_page.post(f"{page}expediera/", {"version": record.version}, follow=True)
    assert "Handlingen är expedierad" in said.content.decode()
    again = officer_page.post(f"{page}fardig/", {"version": record.version}, follow=True)
    assert "Handlingen är redan registrerad" in again.content.decode()
    assert "Gör utkastet" not in words(officer_page, page)
    assert "Svar till er alla" in words(officer_page, f"/diarium/arende/{made.pk}/")


def test_drafts_are_finished_discarded_and_seen_as_existing_only(
    officer_page: CheckedClient, registrar: CheckedClient
) -> None:
    first, second = draft(content="Anteckning ett"), draft(content="Anteckning två")
    shown = words(registrar, f"/diarium/arende/{first.case_id}/")
    assert "Anteckning" not in shown and "har ett utkast" in shown
    assert registrar.get(f"/diarium/handling/{first.pk}/").status_code == 403
    officer_page.post(f"/diarium/handling/{first.pk}/fardig/", {"version": 1})
    officer_page.post(f"/diarium/handling/{second.pk}/rensa/", {"version": 1})
    assert [r.state for r in Record.objects.order_by("pk")] == [State.RECORD, State.DISCARDED]


def test_a_case_is_taken_over_closed_and_opened_again(officer_page: CheckedClient) -> None:
    ours = received().case
    page = f"/diarium/arende/{ours.pk}/"
    for act, more, said in (
        ("ta-over/", {}, "Du är nu ansvarig"),
        ("avsluta/", {}, "Ärendet är avslutat."),
        ("oppna/", {"reason": ""}, "Skriv varför"),
        ("oppna/", {"reason": "Nytt i saken"}, "öppnat igen"),
        ("avsluta/", {"version": 1}, "Någon annan har ändrat"),
    ):
        ours.refresh_from_db()
        answer = officer_page.post(f"{page}{act}", {"version": ours.version} | more, follow=True)
        assert said in answer.content.decode(), act


def test_an_officer_proposes_a_mark_and_the_registrar_confirms(
    officer_page: CheckedClient, registrar: CheckedClient
) -> None:
    record = received()
    page = f"/diarium/handling/{record.pk}/"
    facts = {"provision": "OSL 28:12", "reason": "Kunder", "keeps_sender_apart": "on"}
    officer_page.post(f"{page}markera/", facts)
    mark = record.marks.get()
    assert mark.state == "proposed"
    assert record.number in words(registrar, "/diarium/begaran/?flik=markeringar")
    assert "Bekräfta" in words(registrar, page) and "Bekräfta" not in words(officer_page, page)
    registrar.post(f"/diarium/markering/{mark.pk}/bekrafta/")
    assert "Sekretessmarkerad enligt OSL 28:12" in words(officer_page, page)
    said = registrar.post(f"/diarium/markering/{mark.pk}/hav/", {"reason": ""}, follow=True).content.decode()
    assert "Skriv varför" in said
    registrar.post(f"/diarium/markering/{mark.pk}/hav/", {"reason": "Tiden har gått"})
    mark.refresh_from_db()
    assert mark.state == "lifted" and mark.settled_because == "Tiden har gått"
    twice = proposed(record)
    registrar.post(f"/diarium/markering/{twice.pk}/avvisa/", {"reason": "Inget att skydda"})
    twice.refresh_from_db()
    assert twice.state == "declined"


def test_the_registrar_corrects_and_numbers(registrar: CheckedClient) -> None:
    record = received()
    right = {
        "version": record.version,
        "short_content": "Rätt ord",
        "sender_or_recipient": "Rätt namn",
        "reason": "Fel",
    }
    registrar.post(f"/diarium/handling/{record.pk}/ratta/", right)
    assert "Rätt ord" in words(registrar, f"/diarium/handling/{record.pk}/")
    number = {"version": record.case.version, "number": "5.1.2-13799/2018", "system": "Andra systemet"}
    registrar.post(f"/diarium/arende/{record.case_id}/nummer/", number)
    assert "Nummer från Andra systemet" in words(registrar, f"/diarium/arende/{record.case_id}/")
    said = registrar.post(f"/diarium/arende/{record.case_id}/nummer/", number | {"number": ""})
    assert said.status_code == 422


def test_the_series_is_changed_on_its_page(registrar: CheckedClient) -> None:
    form = {
        "version": 1,
        "authority": "Nämnden",
        "board": "N",
        "unit": "",
        "pattern": "{board}-{year}-{serial:3}",
    }
    assert registrar.post("/diarium/nummerserie/", form).status_code == 302
    assert f"N-{timezone.localdate().year}-012" in words(registrar, "/diarium/nummerserie/")
    wrong = registrar.post("/diarium/nummerserie/", form | {"version": 2, "pattern": "{board}"})
    assert wrong.status_code == 422 and "{year}" in wrong.content.decode()


def test_disposal_on_the_page(registrar: CheckedClient) -> None:
    record = due()
    page = f"/diarium/handling/{record.pk}/"
    said = registrar.post(f"{page}gallra/", {"version": record.version, "decision": " "}, follow=True)
    assert "Inget gallras utan beslut" in said.content.decode()
    registrar.post(f"{page}gallra/", {"version": record.version, "decision": "G 12/2026"})
    shown = words(registrar, page)
    assert "Beslut: G 12/2026" in shown and "Gallrad" in shown
    assert words(client_for(None), "/oppet-diarium/").count(record.number) == 1


def test_a_visitor_asks_and_the_registrar_answers(registrar: CheckedClient) -> None:
    record, visitor = received(), client_for(None)
    form = {
        "submission": str(uuid4()),
        "text": f"Handling {record.number}\nTack!",
        "email": "någon@exempel.se",
    }
    wrong = visitor.post("/begar-handling/", form | {"email": "inte en adress"})
    assert wrong.status_code == 422 and "Tack!" in wrong.content.decode()
    form["email"] = "nagon@exempel.se"
    for _ in range(2):
        receipt = visitor.post("/begar-handling/", form, follow=True).content.decode()
    request = RecordRequest.objects.get()
    assert request.record.case.registry_no in receipt and "Registrator letar fram" in receipt
    page = f"/diarium/begaran/{request.pk}/"
    assert "nagon@exempel.se" in words(registrar, page)
    answer = {
        "version": 1,
        "outcome": "given",
        "numbers": "AMN 1/1-1",
        "test": "Inget skyddat",
        "minutes": 10,
    }
    said = registrar.post(page, answer)
    assert said.status_code == 422 and "Det finns ingen handling med numret" in said.content.decode()
    said = registrar.post(page, answer | {"numbers": f" {record.number}\n\n"}, follow=True).content.decode()
    assert "Svaret är registrerat som" in said
    request.refresh_from_db()
    assert (request.outcome, request.minutes_used) == (Outcome.GIVEN, 10)
    assert "Inget skyddat" in words(registrar, f"/diarium/handling/{record.pk}/")
    assert "Lämnades ut" in words(registrar, "/diarium/begaran/?flik=besvarade")
    assert "Vi har svarat: lämnades ut" in words(
        visitor, f"/begar-handling/mottagen/?kvitto={form['submission']}"
    )


@pytest.mark.parametrize("receipt", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_a_receipt_that_is_not_there_leads_to_the_form(receipt: str) -> None:
    answer = client_for(None).get("/begar-handling/mottagen/", {"kvitto": receipt})
    assert (answer.status_code, answer["Location"]) == (302, "/begar-handling/")


def test_the_open_form_has_a_brake_that_lets_go_and_names_nobody() -> None:
    visitor = client_for(None)

    def send() -> int:
        return visitor.post("/begar-handling/", {"submission": str(uuid4()), "text": "Allt"}).status_code

    assert [send() for _ in range(throttle.PER_ADDRESS)] == [302] * throttle.PER_ADDRESS
    stopped = visitor.post("/begar-handling/", {"submission": str(uuid4()), "text": "Min långa fråga"})
    assert stopped.status_code == 429
    assert (
        "Min långa fråga" in stopped.content.decode()
        and "Försök igen om en timme" in stopped.content.decode()
    )
    assert "127.0.0.1" not in FormUse.objects.get().key
    FormUse.objects.update(since=timezone.now() - throttle.WINDOW - timedelta(seconds=1))
    assert send() == 302


def test_home_tells_the_registrar_what_waits_and_others_nothing(registrar: CheckedClient) -> None:
    asked()
    proposed()
    old = draft()
    Record.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=31))
    home = words(registrar, "/")
    for told in (
        "1 begäran om handling väntar på svar",
        "1 föreslagna sekretessmarkeringar",
        "2 handlingar har kommit in i dag",
        "1 utkast är äldre än 30 dagar",
        "0 handlingar ska gallras",
    ):
        assert told in home
    assert numbers_in(registrar, "/diarium/?visa=arenden&utkast=on") == [old.case.registry_no]
    assert "begäran om handling väntar" not in words(client_for(Role.CASE_OFFICER), "/")


def test_pages_need_few_queries_however_much_there_is(registrar: CheckedClient) -> None:
    ours, request = received(files=[diary.paper()]).case, asked()
    for number in range(12):
        marked(received(f"Papper {number}", case=ours, files=[diary.paper()]), provision=f"OSL {number}")
        asked(f"Fråga {number}")
        draft(content=f"Utkast {number}")
    shown = ours.records.first()
    for address in (
        "/diarium/", "/diarium/?visa=arenden", f"/diarium/arende/{ours.pk}/",
        f"/diarium/handling/{shown.pk}/", "/diarium/begaran/", f"/diarium/begaran/{request.pk}/",
        "/oppet-diarium/", "/",
    ):  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            assert registrar.get(address).status_code == 200
        assert len(queries) <= 30, f"{address} makes {len(queries)}"
    assert Case.objects.count() > 24
