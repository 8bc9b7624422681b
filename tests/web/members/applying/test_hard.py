"""The public application against bad input, two windows, double clicks, old links and curious caches."""

from __future__ import annotations

import io
import logging
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.people import person
from tests.web.members import register
from tests.web.members.applying import objects
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role
from pakten.audit.models import Entry
from pakten.letters.models import OutboxMessage
from pakten.members.applying.filetypes import ENDINGS, media_type
from pakten.members.applying.refusals import NotFree, NotWhole
from pakten.members.forms.apply_fields import seen
from pakten.members.models import Application, ApplicationDraft, DraftFile, Identified, Pledge, TextKind
from pakten.members.queries.drafts import Standing, hash_of, standing_of
from pakten.members.services import applying
from pakten.members.services.texts import Publication, Words, draft_text, publish_text
from pakten.organisations.models import ContactPerson, Organisation, Sector
from pakten.organisations.refusals import ChangedMeanwhile
from pakten.organisations.services.merging import MergeFacts, merge
from pakten.project.secret_links import HideSecretLinks
from pakten.records import throttle
from pakten.records.models import PublicEntry, Record

pytestmark = pytest.mark.django_db

NAUGHTY = [
    "\x00",
    "a\x00b",
    "Ann\u202eBjörk",
    "<script>alert(1)</script>",
    "'; DROP TABLE members_application; --",
    "{{ 7*7 }} {% now 'Y' %}",
    "😀🏳️‍🌈" * 40,
    "Аnn Вjörk",
    "مرحبا בעולם",
    "Z̸̡͎a̷͇l̴͓g̶o" * 20,
    "＝cmd|' /C calc'!A0",
    "\ud83d",
    "x" * 1_000_000,
    "å" * 301,
    "\u200b\u2060",
    "198112189876",
]


@pytest.fixture
def visitor() -> Client:
    objects.texts()
    return CheckedClient()


def page_of(draft: ApplicationDraft, token: str, slug: str) -> str:
    return f"/ansok/{token}/{slug}/"


def post(client: Client, address: str, page: dict[str, Any], *, version: Any) -> Any:
    return client.post(address, objects.posted(address.split("/")[3], page | {"version": str(version)}))


@pytest.mark.parametrize("text", NAUGHTY, ids=lambda text: ascii(text)[:20])
def test_naughty_text_in_every_field_is_kept_or_answered_in_a_sentence(client: Client, text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    for sector in Sector:
        draft, token = objects.begun(sector)
        for slug, page in objects.typed(sector).items():
            sent = naughty(page, text)
            draft.refresh_from_db()
            answer = client.post(f"/ansok/{token}/{slug}/", sent | {"version": draft.version})
            assert answer.status_code in {302, 422}, slug
            again = client.post(
                f"/ansok/{token}/{slug}/", sent | {"version": text[:50], "ta_bort": text[:50]}
            )
            assert again.status_code in {200, 302, 422}, slug
        assert client.get(f"/ansok/{token}/kontrollera/").status_code == 200


def naughty(page: dict[str, Any], text: str) -> dict[str, Any]:
    """The text in every field of the page; a huge one in the first, since a whole form has its limit."""
    if len(text) > 100_000:
        return page | {next(iter(page)): text}
    return {name: text if isinstance(value, str) else [text[:50]] for name, value in page.items()}


def test_a_long_name_is_refused_in_a_sentence_and_stays_on_the_page(visitor: Client) -> None:
    draft, token = objects.begun(until="kontakt")
    address = f"/ansok/{token}/kontakt/"
    name = "Ann " + "å" * 300
    answer = post(visitor, address, objects.typed()["kontakt"] | {"name": name}, version=draft.version)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Texten är för lång. Skriv högst 200 tecken." in text and name in text
    draft.refresh_from_db()
    assert "kontakt" not in draft.answers


def test_hidden_signs_are_taken_away_and_lines_kept() -> None:
    assert seen("Ann\u202e\u200b\x00  Björk\n") == "Ann Björk"
    assert seen("en\r\ntvå\x00", lines=True) == "en\ntvå"
    assert seen("a\u030a") == "å"


def test_a_number_is_checked_in_the_words_of_the_city(visitor: Client) -> None:
    draft, token = objects.begun(until="nummer")
    address = f"/ansok/{token}/nummer/"
    for typed, sentence in (
        ("", "Fyll i organisationsnumret. Det har tio siffror, till exempel 212000-0142."),
        ("212000-0143", "Numret stämmer inte. Kontrollera att alla siffror är rätt."),
        ("x", "Numret stämmer inte."),
    ):
        answer = post(visitor, address, {"org_nr": typed}, version=draft.version)
        assert answer.status_code == 422 and sentence in answer.content.decode()
    assert post(visitor, address, {"org_nr": "SE212000014201"}, version=draft.version).status_code == 302
    hint = visitor.get(f"/ansok/{token}/uppgifter/").content.decode()
    assert "Nummer som börjar med 2 har oftast kommuner" in hint


def test_what_a_register_says_is_filled_in_with_its_source(
    visitor: Client, tmp_path: Any, settings: Any
) -> None:
    from django.core.management import call_command

    settings.REGISTER_STORE = tmp_path / "registers"
    path = tmp_path / "register.csv"
    number = register.number(1, start=objects.START[Sector.PRIVATE])
    path.write_text(
        "Organisationsnummer;Namn;Organisationsform;Adress;Ort;Status\n"
        f"{number};Snöflingans Bageri AB;Aktiebolag;Snögatan 1, 981 00;Kiruna;Registrerat\n"
        f"{register.sole_trader_number()};Ann Björk;Enskild firma;;;\n1;Fel AB;;;;\n",
        encoding="utf-8",
    )
    call_command("register", str(path), source="Påhittat register")
    call_command("register", str(path), source="Påhittat register")
    from pakten.organisations.models import RegisterInForce

    row = RegisterInForce.objects.get()
    assert (row.entries, row.counts["persons_dropped"]) == (1, 1), "L-29: no sole traders"
    _, token = objects.begun(until="uppgifter")
    page = visitor.get(f"/ansok/{token}/uppgifter/").content.decode()
    assert (
        'value="Snöflingans Bageri AB"' in page
        and "Påhittat register" in page
        and "Läge där: registrerat" in page
    )
    assert 'value="Kiruna"' in page


def test_two_windows_nothing_that_was_typed_is_lost(visitor: Client) -> None:
    draft, token = objects.begun(until="onskemal")
    address, page = f"/ansok/{token}/kontakt/", objects.typed()["kontakt"]
    first, old = page | {"name": "Bo Ek"}, draft.version
    assert post(visitor, address, first, version=old).status_code == 302
    second = page | {"name": "Eva Ask"}
    answer = post(visitor, address, second, version=old)
    text = answer.content.decode()
    assert answer.status_code == 422 and "i ett annat fönster" in text and "Eva Ask" in text
    draft.refresh_from_db()
    assert draft.answers["kontakt"]["name"] == "Bo Ek"
    assert f'name="version" value="{draft.version}"' in text
    assert post(visitor, address, second, version=draft.version).status_code == 302


def test_a_button_pressed_twice_saves_once(visitor: Client) -> None:
    draft, token = objects.begun(until="kontakt")
    address, page, version = f"/ansok/{token}/kontakt/", objects.typed()["kontakt"], draft.version
    assert [post(visitor, address, page, version=version).status_code for _ in range(3)] == [302] * 3
    draft.refresh_from_db()
    assert draft.version == version + 1


def test_sending_twice_gives_one_application(visitor: Client) -> None:
    draft, token = objects.begun()
    for _ in range(2):
        answer = visitor.post(f"/ansok/{token}/kontrollera/", {"version": draft.version})
        assert answer["Location"] == f"/ansok/{token}/"
    assert Application.objects.count() == 1
    assert Record.objects.filter(record_type__code="membership_application").count() == 1
    assert Pledge.objects.count() == 2 and OutboxMessage.objects.count() == 1
    assert post(visitor, f"/ansok/{token}/kontakt/", {}, version=1)["Location"] == f"/ansok/{token}/"


def test_what_was_changed_in_another_window_is_read_before_it_is_sent(visitor: Client) -> None:
    draft, token = objects.begun()
    read = draft.version
    objects.fill(draft, "kontakt", objects.typed()["kontakt"] | {"name": "Bo Ek"})
    answer = visitor.post(f"/ansok/{token}/kontrollera/", {"version": read})
    assert answer.status_code == 422 and "Läs igenom den igen" in answer.content.decode()
    assert not Application.objects.exists()
    with pytest.raises(ChangedMeanwhile):
        applying.submit(draft, expected_version=read)


def test_a_text_that_changed_is_read_anew_and_the_version_shown_is_the_one_stored(visitor: Client) -> None:
    draft, token = objects.begun()
    manager = person(Role.MANAGER)
    text = draft_text(TextKind.GOALS, Words("Nya mål", "Vi gör mer."), actor=manager)
    publish_text(
        text, Publication(timezone.localdate(), "AMN 1"), actor=manager, expected_version=text.version
    )
    with pytest.raises(NotWhole):
        applying.submit(draft)
    answer = visitor.post(f"/ansok/{token}/kontrollera/", {"version": draft.version}, follow=True)
    page = answer.content.decode()
    assert "Texten har ändrats" in page and "Vi gör mer." in page and "Version 2" in page
    checked = [line for line in page.split("<input") if 'name="goals"' in line and "checked" in line]
    assert not checked
    old = dict(draft.answers["intyganden"])
    stale = objects.typed()["intyganden"] | {"goals_sha256": old["goals_sha256"]}
    answer = visitor.post(
        f"/ansok/{token}/intyganden/",
        stale | {"values_sha256": old["values_sha256"], "version": draft.version},
    )
    assert answer.status_code == 422 and "Läs den nya texten" in answer.content.decode()
    objects.fill(draft, "intyganden", objects.typed()["intyganden"])
    application = applying.submit(draft)
    assert application.goals_text == text
    assert application.organisation.pledges.get(text__kind=TextKind.GOALS).sha256 == text.sha256


def test_without_texts_nobody_can_apply(client: Client) -> None:
    assert "Det går inte att ansöka just nu" in client.get("/ansok/").content.decode()
    assert client.post("/ansok/sektor/", {"sector": "private"})["Location"] == "/ansok/"
    assert not ApplicationDraft.objects.exists()


def test_a_member_is_told_so_and_a_second_application_gives_nothing_away(visitor: Client) -> None:
    number = objects.typed()["nummer"]["org_nr"]
    row = register.member("Hemligt Namn AB", org_nr=number)
    draft, token = objects.begun(until="nummer")
    answer = post(visitor, f"/ansok/{token}/nummer/", {"org_nr": number}, version=draft.version)
    assert "redan medlem" in answer.content.decode() and "Hemligt" not in answer.content.decode()
    assert row.organisation.applications.count() == 0
    objects.sent(serial=2)
    other = objects.typed(serial=2)["nummer"]
    answer = post(visitor, f"/ansok/{token}/nummer/", other, version=draft.version)
    text = answer.content.decode()
    assert "Det finns redan en ansökan" in text and "AMN" not in text and "Snöflingans" not in text


def test_who_became_a_member_meanwhile_is_not_registered_again(visitor: Client) -> None:
    draft, token = objects.begun()
    register.member("Annat AB", org_nr=objects.typed()["nummer"]["org_nr"])
    with pytest.raises(NotFree):
        applying.submit(draft)
    answer = visitor.post(f"/ansok/{token}/kontrollera/", {"version": draft.version})
    assert "redan medlem" in answer.content.decode()
    assert not Application.objects.exists() and not PublicEntry.objects.exists()


def test_an_organisation_that_we_have_keeps_its_facts_and_its_main_contact() -> None:
    objects.texts()
    number = objects.typed()["nummer"]["org_nr"]
    known = register.organisation("Gamla Bageriet AB", org_nr=number, place="Luleå")
    application, _ = objects.sent()
    assert application.organisation == known
    known.refresh_from_db()
    assert (known.legal_name, known.place) == ("Gamla Bageriet AB", "Luleå")
    assert Organisation.objects.count() == 1 and not ContactPerson.objects.get().is_main


def test_an_old_or_wrong_link_says_what_to_do(visitor: Client) -> None:
    _, token = objects.begun(until="kontakt")
    ApplicationDraft.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    for address in (
        f"/ansok/{token}/",
        f"/ansok/{token}/kontakt/",
        "/ansok/fel/",
        f"/ansok/{'x' * 5000}/spara/",
    ):
        answer = visitor.get(address)
        assert answer.status_code == 404 and "Länken fungerar inte" in answer.content.decode()
        assert "Börja en ny ansökan" in answer.content.decode()
        assert answer["Cache-Control"] == "no-store"


def test_old_drafts_are_deleted_with_their_files_and_sent_ones_stay(
    django_capture_on_commit_callbacks: Any,
) -> None:
    draft, _ = objects.begun(Sector.CIVIL, until="forening")
    objects.attached(draft)
    path = DraftFile.objects.get().file.name
    assert path and default_storage.exists(path) and "stadgar" not in path
    kept, _ = objects.sent(serial=7)
    assert applying.delete_expired(timezone.localdate()) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert applying.delete_expired(timezone.localdate() + timedelta(days=31)) == 1
    assert not default_storage.exists(path)
    assert ApplicationDraft.objects.get().application == kept
    assert Entry.objects.filter(action="members.drafts.expired").count() == 1


def test_files_without_a_draft_are_deleted_after_a_day() -> None:
    from django.core.files.base import ContentFile

    lost = default_storage.save("drafts/2026/01/abc", ContentFile(b"x"))
    assert applying.delete_ownerless_files(timedelta(days=1)) == 0
    assert applying.delete_ownerless_files(timedelta(0)) >= 1
    assert not default_storage.exists(lost)


def test_pages_behind_the_link_are_kept_secret(visitor: Client) -> None:
    _, token = objects.begun()
    for page in ("kontrollera/", "kontakt/", "spara/"):
        answer = visitor.get(f"/ansok/{token}/{page}")
        assert answer["Cache-Control"] == "no-store" and answer["Referrer-Policy"] == "strict-origin"
    stored = ApplicationDraft.objects.get()
    assert stored.token_hash == hash_of(token) and len(token) >= 43
    applying.submit(stored)
    whole = str(list(Entry.objects.values())) + str(list(Record.objects.values()))
    assert token not in whole and token not in str(list(OutboxMessage.objects.values()))


def test_the_log_of_the_server_never_shows_a_link(caplog: Any) -> None:
    _, token = objects.begun()
    made = logging.LogRecord(
        "x", logging.WARNING, "", 0, "Not Found: %s", (f"/ansok/{token}/kontakt/",), None
    )
    assert HideSecretLinks().filter(made)
    assert made.getMessage() == "Not Found: /ansok/…/kontakt/"
    from django.conf import settings

    assert settings.LOGGING["handlers"]["console"]["filters"] == ["secret_links"]


def test_the_mailed_link_proves_the_address(visitor: Client) -> None:
    draft, token = objects.begun()
    answer = visitor.post(f"/ansok/{token}/spara/", {"email": "ann@exempel.se"})
    assert "Vi mejlar länken till ann@exempel.se" in answer.content.decode()
    mail = OutboxMessage.objects.get()
    address = next(word for word in mail.body.split() if "/ansok/" in word)
    assert mail.case is None and token in address
    visitor.get(f"/ansok/{token}/?bevis=fel")
    draft.refresh_from_db()
    assert draft.email_proven_at is None
    assert visitor.get(address.removeprefix("http://testserver"))["Location"] == f"/ansok/{token}/"
    draft.refresh_from_db()
    assert draft.email_proven_at
    application = applying.submit(draft)
    assert application.identified == Identified.MAIL_LINK
    assert set(Pledge.objects.values_list("identified", flat=True)) == {Identified.MAIL_LINK}


def test_another_address_is_not_proven() -> None:
    draft, _ = objects.begun()
    applying.mail_link(draft, "nagon@exempel.se", address="https://exempel.se/x/")
    draft.refresh_from_db()
    from pakten.members.services.drafting import proof_of

    assert applying.prove_email(draft, proof_of(draft, "nagon@exempel.se"))
    assert applying.submit(draft).identified == Identified.NONE


def test_files_are_told_by_their_bytes(visitor: Client) -> None:
    draft, token = objects.begun(Sector.CIVIL, until="forening")
    address = f"/ansok/{token}/forening/"
    page = objects.typed(Sector.CIVIL)["forening"]
    for name, content, sentence in (
        ("stadgar.pdf", b"MZ\x90\x00 not a pdf", "går inte att ta emot"),
        ("tom.pdf", b"", "är tom"),
        ("stor.pdf", objects.PDF + b"x" * 10_000_001, "är för stor"),
        ("zip.docx", b"PK\x03\x04 broken", "går inte att ta emot"),
    ):
        files = {"fil_statutes": [SimpleUploadedFile(name, content)]}
        answer = visitor.post(address, page | files | {"version": draft.version})
        text = answer.content.decode()
        assert answer.status_code in {422, 302}, name
        assert answer.status_code == 302 or sentence in text, name
    assert not DraftFile.objects.exists()
    for place, content in enumerate(
        (objects.PDF, objects.docx(), objects.odt(), b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
    ):
        objects.attached(draft, f"fil {place}", content)
    assert DraftFile.objects.count() == 5
    file = DraftFile.objects.first()
    answer = visitor.post(address, {"ta_bort": file.pk, "agreement": "no", "version": draft.version})
    assert answer.status_code == 200 and DraftFile.objects.count() == 4
    assert 'value="no"' in answer.content.decode()


def test_a_zip_with_a_long_table_is_refused_unread() -> None:
    """Its table alone takes seconds to read, while everybody else waits to write."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("word/document.xml", "<document/>")
        for number in range(5_000):
            package.writestr(f"{number:x}", "")
    assert media_type(target) is None
    assert media_type(io.BytesIO(objects.docx()[:-5])) is None
    assert ENDINGS[media_type(io.BytesIO(objects.docx())) or ""] == ".docx"
    assert ENDINGS[media_type(io.BytesIO(objects.odt())) or ""] == ".odt"


def test_a_valid_file_stays_when_another_answer_is_wrong(visitor: Client) -> None:
    draft, token = objects.begun(Sector.CIVIL, until="forening")
    files = {"fil_statutes": [SimpleUploadedFile("stadgar.pdf", objects.PDF)]}
    answer = visitor.post(f"/ansok/{token}/forening/", files | {"version": draft.version})
    assert answer.status_code == 422 and "Bifogat: " in answer.content.decode()
    assert DraftFile.objects.get().original_name == "stadgar.pdf"


def test_owners_are_whole_and_at_most_everything(visitor: Client) -> None:
    draft, token = objects.begun(until="foretag")
    address = f"/ansok/{token}/foretag/"
    for page, sentence in (
        ({"agreement": "no"}, "Skriv vem som äger minst 25 procent"),
        ({"agreement": "no", "owner_1_name": "Bo"}, "en person eller en organisation"),
        ({"agreement": "no", "owner_2_share": "30"}, "Skriv ägarens namn"),
        (
            {
                "agreement": "no",
                **{f"owner_{n}_name": "Bo" for n in (1, 2)},
                **{f"owner_{n}_type": "person" for n in (1, 2)},
                **{f"owner_{n}_share": "60" for n in (1, 2)},
            },
            "mer än 100 procent",
        ),
        ({"agreement": "no", "owner_1_share": "1e400"}, "ett tal från 25 till 100"),
        ({"agreement": "no", "no_owner": "on", "parent_org_nr": "1"}, "Numret stämmer inte"),
    ):
        answer = post(visitor, address, page, version=draft.version)
        assert answer.status_code == 422 and sentence in answer.content.decode(), sentence
    assert (
        post(visitor, address, {"agreement": "no", "no_owner": "on"}, version=draft.version).status_code
        == 302
    )


def test_an_error_says_which_owner(visitor: Client) -> None:
    draft, token = objects.begun(until="foretag")
    page = {"agreement": "no", "owner_1_name": "Bo", "owner_1_type": "person", "owner_2_share": "30"}
    answer = post(visitor, f"/ansok/{token}/foretag/", page, version=draft.version)
    assert "Ägare 2, namn: Skriv ägarens namn." in answer.content.decode()


@pytest.mark.parametrize("typed", ["100 %", "100%", "100\xa0%", " 100 ", "100,0 %"])
def test_a_share_may_have_its_sign(visitor: Client, typed: str) -> None:
    draft, token = objects.begun(until="foretag")
    page = {"agreement": "no", "owner_1_name": "Bo", "owner_1_type": "person", "owner_1_share": typed}
    answer = post(visitor, f"/ansok/{token}/foretag/", page, version=draft.version)
    assert answer.status_code == 302, answer.content.decode()
    draft.refresh_from_db()
    assert draft.answers["foretag"]["owners"][0]["share"] == "100"


@pytest.mark.parametrize("typed", ["20 %", "hundra %", "100 %%"])
def test_what_is_no_share_is_refused(visitor: Client, typed: str) -> None:
    draft, token = objects.begun(until="foretag")
    page = {"agreement": "no", "owner_1_name": "Bo", "owner_1_type": "person", "owner_1_share": typed}
    answer = post(visitor, f"/ansok/{token}/foretag/", page, version=draft.version)
    assert answer.status_code == 422
    assert "Ägare 1, andel: Skriv andelen som ett tal från 25 till 100." in answer.content.decode()


@pytest.mark.parametrize("sector", list(Sector))
def test_only_a_company_reads_of_sole_traders(visitor: Client, sector: Sector) -> None:
    _, token = objects.begun(sector, until="nummer")
    shown = visitor.get(f"/ansok/{token}/nummer/").content.decode()
    assert ("enskild firma" in shown) == (sector is Sector.PRIVATE)


def test_another_sort_of_organisation_asks_its_own_questions_and_keeps_the_rest(visitor: Client) -> None:
    draft, token = objects.begun()
    answer = visitor.post(f"/ansok/{token}/sektor/", {"sector": "public", "version": draft.version})
    assert answer["Location"] == f"/ansok/{token}/myndighet/"
    draft.refresh_from_db()
    assert draft.sector == "public" and "kontakt" in draft.answers


def test_a_sole_traders_number_does_not_follow_to_another_sort(visitor: Client) -> None:
    """L-29: only a company may have a person's number."""
    number = {"org_nr": register.sole_trader_number()}
    draft, token = objects.begun(nummer=number, foretag={"owner_1_name": ""})
    answer = visitor.post(f"/ansok/{token}/sektor/", {"sector": "public", "version": draft.version})
    assert answer["Location"] == f"/ansok/{token}/nummer/"
    draft.refresh_from_db()
    assert "nummer" not in draft.answers and "kontakt" in draft.answers


def test_the_number_of_a_record_merged_twice_is_a_members() -> None:
    """Merged into one that was merged in its turn."""
    a, b = (register.organisation(name, org_nr=register.number(n)) for n, name in ((8, "A AB"), (9, "B AB")))
    c = register.member("C AB").organisation
    for kept, gone in ((b, a), (c, b)):
        kept.refresh_from_db()
        gone.refresh_from_db()
        facts = MergeFacts(kept, gone, kept.version, gone.version)
        merge(facts, actor=person(Role.CASE_OFFICER), reason="Samma organisation")
    assert standing_of(register.number(8)) is Standing.MEMBER
    assert standing_of(register.number(7)) is Standing.FREE


def test_nobody_skips_a_step(visitor: Client) -> None:
    _, token = objects.begun(until="kontakt")
    for slug in ("intyganden", "kontrollera", "forening", "finns-inte", "komplettera", "aterkalla"):
        assert visitor.get(f"/ansok/{token}/{slug}/", follow=True).redirect_chain[-1][0].endswith("/kontakt/")


def test_too_many_starts_from_one_place_are_stopped(visitor: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(throttle, "PER_ADDRESS", 2)
    answers = [visitor.post("/ansok/sektor/", {"sector": "civil"}).status_code for _ in range(3)]
    assert answers == [302, 302, 422]
    assert ApplicationDraft.objects.count() == 2


def test_a_draft_is_kept_a_month_from_when_it_was_last_saved() -> None:
    draft, _ = objects.begun(until="kontakt")
    ApplicationDraft.objects.update(expires_on=date(2026, 1, 1))
    draft.refresh_from_db()
    objects.fill(draft, "kontakt", objects.typed()["kontakt"])
    draft.refresh_from_db()
    assert draft.expires_on == timezone.localdate() + timedelta(days=30)
