"""The home page, the living page of components, the error pages, and the page check itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib import messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from tests.people import person
from tests.web.pages import CheckedClient, check_page

from pakten.accounts.models import Role
from pakten.core import views
from pakten.core.home import HOME_SECTIONS, Place, Row, Section, Tone
from pakten.core.specimens import parameters

Maker = Callable[[HttpRequest], Section | None]


@pytest.fixture
def sections() -> Iterator[list[Maker]]:
    """The registered sections, emptied for the test and restored after it."""
    before = list(HOME_SECTIONS)
    HOME_SECTIONS.clear()
    yield HOME_SECTIONS
    HOME_SECTIONS[:] = before


def text(response: HttpResponse) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def test_a_visitor_is_sent_to_sign_in(client: Client, db: None) -> None:
    response = client.get("/")
    assert response.status_code == 302
    assert response["Location"].endswith("?next=/")


def test_home_says_of_what_there_is_nothing(checked: CheckedClient, sections: list[Maker]) -> None:
    sections += [lambda request: Section(Place.TODAY), lambda request: Section(Place.SURE)]
    said = text(checked.get("/"))
    assert "Inget väntar på dig just nu." in said
    assert "Är vi säkra på kontrollen?" in said
    assert "Klart denna vecka" not in said


def test_home_of_a_role_without_sections_claims_nothing(
    checked: CheckedClient, sections: list[Maker]
) -> None:
    said = text(checked.get("/"))
    assert "Inget väntar på dig just nu. Det här kan du öppna:" in said and "Ansökningar" in said
    assert "Ingen kontroll har gjorts" not in said
    checked.force_login(person(Role.RECEIVING_UNIT))
    said = text(checked.get("/"))
    assert "Här finns inget för din roll än" in said and "Det här kan du öppna" not in said


def test_home_shows_each_row_in_its_place_as_a_link(checked: CheckedClient, sections: list[Maker]) -> None:
    old = timezone.now() - timedelta(days=3)
    rows = (
        Row("namnlikheter väntar", "/komponenter?a=1", count=4, oldest=old, tone=Tone.WAITS),
        Row("Senaste kontroll", "/komponenter?a=2", value="aldrig", tone=Tone.LATE),
    )
    sections += [
        lambda request: Section(Place.TODAY, rows[:1]),
        lambda request: Section(Place.SURE, rows[1:]),
    ]
    response = checked.get("/")
    soup = BeautifulSoup(response.content, "html.parser")
    link = soup.find("a", href="/komponenter?a=1")
    assert link and link.get_text(" ", strip=True).startswith("4")
    assert "äldsta för 3\u00a0dagar sedan" in response.content.decode()
    assert soup.find("a", href="/komponenter?a=2").find_parent("section").h2.string == Place.SURE


def test_a_section_that_has_nothing_for_this_person_is_left_out(
    checked: CheckedClient, sections: list[Maker]
) -> None:
    sections.append(lambda request: None)
    assert checked.get("/").status_code == 200


def test_components_are_shown_only_in_demo_or_debug(client: Client, settings, db: None) -> None:
    settings.DEMO = settings.DEBUG = False
    assert client.get("/komponenter").status_code == 404
    settings.DEMO = True
    page = CheckedClient().get("/komponenter")
    said = text(page)
    for words in (
        "Uppfyllt",
        "Inte uppfyllt",
        "Vet inte",
        "Gäller inte",
        "Gick inte att kontrollera",
        "Avvikelse",
    ):
        assert words in said
    assert "3 av 370 medlemmar" in said


def test_the_footer_tells_of_invented_data(checked: CheckedClient, settings, sections: list[Maker]) -> None:
    settings.DEMO = False
    assert "påhittade" not in text(checked.get("/"))
    settings.DEMO = True
    assert "Demodata: alla organisationer och listposter är påhittade" in text(checked.get("/"))


def test_missing_page(checked: CheckedClient) -> None:
    response = checked.get("/finns-inte/")
    assert response.status_code == 404
    assert "Sidan finns inte" in text(response)


@pytest.fixture
def request_of(officer) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = officer
    return request


def test_error_pages_are_pages(request_of: HttpRequest) -> None:
    refused = views.forbidden(request_of, PermissionDenied("Det kräver rollen Chef."))
    assert "Det kräver rollen Chef." in text(refused)
    too_long = views.csrf_failure(request_of)
    assert "öppen för länge" in text(too_long) and "ge dig rollen" not in text(too_long)
    answers = [
        (views.bad_request(request_of), 400),
        (refused, 403),
        (too_long, 403),
        (views.not_found(request_of), 404),
        (views.server_error(request_of), 500),
    ]
    for response, status in answers:
        assert response.status_code == status
        assert check_page(response)


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<h1>A</h1><h1>B</h1>", "2 h1"),
        ("<h1>A</h1><p style='color:red'>x</p>", "style="),
        ("<h1>A</h1><script>1</script>", "inline script"),
        ("<h1>A</h1><button onclick='x()'>x</button>", "onclick="),
        ("<h1>A</h1><a href='#'>x</a>", "nowhere"),
        ("<h1>A</h1><a href='/finns-inte/'>x</a>", "does not exist"),
        ("<h1>A</h1><input name='x'>", "no label"),
        ("<h1>A</h1><form method='post' action='/'></form>", "without token"),
        ("<h1>A</h1><h3>B</h3>", "leaps"),
        ("<h1>A</h1><p id='a'></p><p id='a'></p>", "used twice"),
        ("<h1>A</h1><p>Två träffar i screening</p>", "word to avoid"),
        ("<h1>A</h1>{# kommentar", "template code"),
    ],
)
def test_the_page_check_finds(html: str, fault: str) -> None:
    page = f"<html lang='sv'><head><title>T</title></head><body>{html}</body></html>"
    with pytest.raises(AssertionError, match=fault):
        check_page(HttpResponse(page))


def test_every_component_tells_its_parameters_and_is_shown(client: Client, settings, db: None) -> None:
    settings.DEMO = True
    source = (Path(views.__file__).parent / "templates" / "core" / "components.html").read_text()
    inside = {"c-shape", "c-term", "c-pagination"}
    for name, said in parameters():
        assert len(said) > 20, f"{name} doesn't say what it takes"
        assert f"<{name} " in source or f"<{name}>" in source or name in inside, f"{name} is not shown"


@pytest.mark.parametrize(
    ("level", "kind"), [("success", "done"), ("info", "info"), ("warning", "warn"), ("error", "stop")]
)
def test_a_message_is_a_banner_of_its_kind(level: str, kind: str, request_of: HttpRequest) -> None:
    request_of.session = {}
    request_of._messages = FallbackStorage(request_of)
    getattr(messages, level)(request_of, "Sparat.")
    banner = BeautifulSoup(views.not_found(request_of).content, "html.parser").select_one(".banner")
    assert banner["class"] == ["banner", f"banner--{kind}"]
    assert banner.get_text(strip=True) == "Sparat."
