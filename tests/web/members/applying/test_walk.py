"""The public application by its pages: from the first page to the receipt, for each sector."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.members.applying import objects
from tests.web.pages import CheckedClient

from pakten.letters.models import OutboxMessage
from pakten.members.applying.steps import steps_for
from pakten.members.forms.apply_pledges import as_shown, texts_now
from pakten.members.models import Application, ApplicationDraft, ApplicationState, Pledge
from pakten.organisations.models import ContactPerson, Organisation, OwnershipStake, Sector
from pakten.records.models import PublicEntry

pytestmark = pytest.mark.django_db
MOST_QUERIES = 30


@pytest.fixture
def visitor() -> Client:
    """Somebody without an account, whose every page is looked at."""
    objects.texts()
    return CheckedClient()


def get(client: Client, address: str) -> Any:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert len(queries) <= MOST_QUERIES, address
    return answer


def version() -> int:
    return ApplicationDraft.objects.latest("pk").version


def send(client: Client, address: str, slug: str, page: dict[str, Any]) -> Any:
    hidden = as_shown(texts_now() or {}) if slug == "intyganden" else {}
    return client.post(address, {**hidden, **page, "version": version()})


def walk(client: Client, sector: Sector, *, until: str = "", **more: Any) -> str:
    """Fill in the pages one after the other; the link's address, ``/ansok/<secret>/``."""
    answer = client.post("/ansok/sektor/", {"sector": sector})
    home = answer["Location"].removesuffix("nummer/")
    for step in steps_for(sector):
        if step.slug == until:
            break
        address = f"{home}{step.slug}/"
        assert answer["Location"] == address
        assert get(client, address).status_code == 200
        answer = send(client, address, step.slug, objects.typed(sector, **more)[step.slug])
        assert answer.status_code == 302, answer.content.decode()
    return str(home)


@pytest.mark.parametrize("sector", Sector)
def test_an_application_of_each_sector_from_the_first_page_to_the_receipt(
    visitor: Client, sector: Sector
) -> None:
    assert "Det tar ungefär tio minuter och kostar inget." in get(visitor, "/ansok/").content.decode()
    assert get(visitor, "/ansok/sektor/").status_code == 200
    home = walk(visitor, sector)
    page = get(visitor, f"{home}kontrollera/").content.decode()
    assert objects.NAMES[sector] in page and "Ändra" in page
    answer = visitor.post(f"{home}kontrollera/", {"version": version()})
    assert answer["Location"] == home
    application = Application.objects.get()
    assert application.state == ApplicationState.REGISTERED
    page = get(visitor, home).content.decode()
    assert f"Vi har tagit emot er ansökan. Ert ärendenummer är {application.case.registry_no}." in page
    organisation = Organisation.objects.get()
    assert organisation.sector == sector and organisation.legal_name == objects.NAMES[sector]
    assert organisation.source == f"Ansökan {application.case.registry_no}"
    contact = ContactPerson.objects.get()
    assert (contact.email, contact.is_main, contact.source) == ("ann@exempel.se", True, organisation.source)
    assert {pledge.text for pledge in Pledge.objects.all()} == set((texts_now() or {}).values())
    assert OwnershipStake.objects.count() == (1 if sector is Sector.PRIVATE else 0)
    assert OutboxMessage.objects.get(to_address="ann@exempel.se").case == application.case
    assert not visitor.cookies.get("sessionid"), "nothing of it needs a session"


def test_an_application_is_in_the_diary_at_once_with_the_four_fields_of_the_law(visitor: Client) -> None:
    """L-03."""
    home = walk(visitor, Sector.PRIVATE)
    assert not PublicEntry.objects.exists(), "L-04: a draft is no record"
    visitor.post(f"{home}kontrollera/", {"version": version()})
    record = Application.objects.get().record
    entry = PublicEntry.objects.get(record=record)
    assert entry.number == record.number and entry.on and entry.counterpart == "Snöflingans Bageri AB"
    assert entry.content == "Ansökan om medlemskap"
    words = objects.words(Application.objects.get())
    for text in (texts_now() or {}).values():
        assert text.body in words and text.sha256 in words
    assert "Den kan lämnas ut om någon frågar efter den" in words


def test_the_form_says_what_becomes_of_what_is_sent(visitor: Client) -> None:
    """L-39, L-40."""
    home = walk(visitor, Sector.PUBLIC)
    for address in ("/ansok/", f"{home}kontrollera/"):
        page = get(visitor, address).content.decode()
        assert "Det du skickar till oss blir en allmän handling." in page
        assert "Vi kontrollerar uppgifterna i offentliga register och besöker er webbplats." in page
        assert "sanktionslistor" in page


def test_a_sole_traders_number_is_on_no_page_and_in_no_paper(visitor: Client) -> None:
    """L-29."""
    from tests.web.members.register import sole_trader_number

    number = sole_trader_number()
    more: dict[str, Any] = {
        "nummer": {"org_nr": number},
        "foretag": {"owner_1_name": ""},
        "uppgifter": {"legal_form": "enskild firma"},
    }
    home = walk(visitor, Sector.PRIVATE, **more)
    seen = [
        get(visitor, f"{home}{part}").content.decode() for part in ("nummer/", "kontrollera/", "foretag/")
    ]
    assert "Vilka äger 25 procent" not in seen[2]
    visitor.post(f"{home}kontrollera/", {"version": version()})
    seen.append(get(visitor, home).content.decode())
    application = Application.objects.get()
    seen += [objects.words(application), str(application.answers)]
    for form in (number, f"{number[:6]}-{number[6:]}"):
        assert all(form not in page for page in seen)
    assert application.organisation.org_nr == number
    assert application.record.is_private_person
    assert PublicEntry.objects.get(record=application.record).counterpart == "Privatperson"


def test_files_go_into_the_diary_with_the_application(visitor: Client) -> None:
    home = walk(visitor, Sector.CIVIL, until="forening")
    page = objects.typed(Sector.CIVIL)["forening"] | {"files_later": ""}
    files = {
        "fil_statutes": [SimpleUploadedFile("Stadgar å.pdf", objects.PDF)],
        "fil_minutes": [SimpleUploadedFile("Protokoll", objects.docx())],
    }
    answer = visitor.post(f"{home}forening/", page | files | {"version": version()})
    assert answer["Location"] == f"{home}intyganden/"
    send(visitor, f"{home}intyganden/", "intyganden", objects.typed(Sector.CIVIL)["intyganden"])
    assert "Stadgar å.pdf" in get(visitor, f"{home}kontrollera/").content.decode()
    visitor.post(f"{home}kontrollera/", {"version": version()})
    kept = list(Application.objects.get().record.files.all())
    assert [file.original_name for file in kept] == ["ansokan.txt", "Stadgar å.pdf", "Protokoll.docx"]
    assert objects.content(Application.objects.get(), "Stadgar å.pdf") == objects.PDF


def test_statutes_are_asked_for_or_promised(visitor: Client) -> None:
    home = walk(visitor, Sector.CIVIL, until="forening")
    page = objects.typed(Sector.CIVIL)["forening"] | {"files_later": ""}
    answer = visitor.post(f"{home}forening/", page | {"version": version()})
    assert answer.status_code == 422
    assert "Bifoga stadgar och protokoll" in answer.content.decode()
