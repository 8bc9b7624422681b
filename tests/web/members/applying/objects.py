"""Applicants, their drafts and what they send, all invented; and what the matrix asks for."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.http import QueryDict
from tests.people import person
from tests.web.members.register import number

from pakten.accounts.models import Role, User
from pakten.members.applying.steps import form_of, step, steps_for
from pakten.members.forms.apply_pledges import as_shown, texts_now
from pakten.members.models import Application, ApplicationDraft
from pakten.members.services import applying
from pakten.members.services.texts import publish_first_texts
from pakten.organisations.models import Sector
from pakten.records.services import NewFile

PDF = b"%PDF-1.4\n%%EOF\n"
# Series that no register has issued.
START = {Sector.PRIVATE: "54", Sector.CIVIL: "89", Sector.PUBLIC: "29"}
NAMES = {
    Sector.PRIVATE: "Snöflingans Bageri AB",
    Sector.CIVIL: "Föreningen Långbordet",
    Sector.PUBLIC: "Norrsundets kommun",
}
FORMS = {Sector.PRIVATE: "aktiebolag", Sector.CIVIL: "ideell förening", Sector.PUBLIC: "kommun"}


def texts() -> None:
    """The invented goals and values, in force."""
    publish_first_texts(person(Role.MANAGER))


def docx() -> bytes:
    """The smallest that is told to be a Word document."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<document/>")
    return target.getvalue()


def odt() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return target.getvalue()


def typed(sector: Sector = Sector.PRIVATE, *, serial: int = 1, **more: Any) -> dict[str, dict[str, Any]]:
    """What a person types on each page; ``more`` replaces whole pages."""
    pages: dict[str, dict[str, Any]] = {
        "nummer": {"org_nr": number(serial, start=START[sector])},
        "uppgifter": {
            "legal_name": NAMES[sector],
            "legal_form": FORMS[sector],
            "address": "Snögatan 1, 981 00",
            "place": "Kiruna",
            "website": "www.exempel.se",
            "employees": "1-9",
        }
        | ({} if sector is Sector.PUBLIC else {"branch_code": "10.710"}),
        "kontakt": {
            "name": "Ann Björk",
            "title": "föreståndare",
            "email": "ann@exempel.se",
            "phone": "0980-123 45",
        },
        "onskemal": {"wishes": ["jobs", "mentors"], "more": "Två bagare.\nHelst till våren."},
    }
    pages |= {
        Sector.PRIVATE: {
            "foretag": {
                "agreement": "equivalent_terms_stated",
                "owner_1_name": "Ann Björk",
                "owner_1_type": "person",
                "owner_1_share": "66,5",
            }
        },
        Sector.CIVIL: {
            "forening": {"democracy": ["elects", "meeting"], "agreement": "no_employees", "files_later": "on"}
        },
        Sector.PUBLIC: {"myndighet": {"authority": "Utbildningsförvaltningen", "unit": ""}},
    }[sector]
    pages["intyganden"] = {
        "goals": "on",
        "values": "on",
        "may_speak": "on",
        "speaker_name": "Ann Björk",
        "speaker_role": "ordförande",
    }
    return {slug: {**page, **more.get(slug, {})} for slug, page in pages.items()}


def begun(sector: Sector = Sector.PRIVATE, *, until: str = "", **more: Any) -> tuple[ApplicationDraft, str]:
    """A draft with every step answered before ``until`` (all, where it is empty), and its secret."""
    if texts_now() is None:
        texts()
    draft, token = applying.start_draft(sector)
    pages = typed(sector, **more)
    for each in steps_for(sector):
        if each.slug == until:
            break
        fill(draft, each.slug, pages[each.slug])
    return draft, token


def fill(draft: ApplicationDraft, slug: str, page: dict[str, Any]) -> None:
    """Answer one step of a draft as the page would."""
    found = step(draft.sector, slug)
    assert found is not None
    form = form_of(found, draft, data=posted(slug, page))
    assert form.is_valid(), form.errors
    applying.save_step(draft, slug, answers=form.answers(), expected_version=draft.version)


def posted(slug: str, page: dict[str, Any]) -> QueryDict:
    """The page as a browser sends it, with what its hidden fields hold."""
    data = QueryDict(mutable=True)
    hidden = as_shown(texts_now() or {}) if slug == "intyganden" else {}
    for name, value in {**hidden, **page}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def attached(draft: ApplicationDraft, name: str = "stadgar.pdf", content: bytes = PDF) -> None:
    applying.attach(draft, NewFile(name, ContentFile(content)), purpose="statutes")


def sent(sector: Sector = Sector.PRIVATE, **more: Any) -> tuple[Application, str]:
    """An application that was sent, and the secret of its link."""
    draft, token = begun(sector, **more)
    return applying.submit(draft), token


def words(application: Application) -> str:
    """The paper that was registered, as text."""
    return content(application, "ansokan.txt").decode()


def content(application: Application, name: str) -> bytes:
    """A file of the application's record."""
    kept = application.record.files.get(original_name=name)
    with kept.file.open() as stream:
        return bytes(stream.read())


def _draft(_user: User) -> dict[str, Any]:
    return {"token": begun(until="kontakt")[1]}


def _sent(_user: User) -> dict[str, Any]:
    return {"token": sent()[1]}


# For tests/web/matrix.py: the arguments of each address.
OBJECTS: dict[str, Callable[[User], dict[str, Any]]] = {
    "apply:application": _draft,
    "apply:change_sector": _draft,
    "apply:save": _draft,
    "apply:check": _draft,
    "apply:answer": _sent,
    "apply:comment": _sent,
    "apply:withdraw": _sent,
    "apply:step": lambda user: _draft(user) | {"slug": "nummer"},
}
