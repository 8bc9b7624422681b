"""What the pages of a member's own file share: whose file it is, the person's standing, the tabs."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest
from django.urls import reverse

from pakten.members.own_pages import OWN_TABS
from pakten.members.policies.own_file import contact_in, contacts_held_by
from pakten.members.views.kept_text import kept_text
from pakten.organisations.models import ContactPerson

PUBLIC_RECORD = (
    "Det du skickar till oss blir en allmän handling. Den kan lämnas ut om någon frågar efter den. "
    "Skriv inte känsliga personuppgifter."
)


def own_contact(request: HttpRequest, public_id: str) -> ContactPerson:
    """The person's standing as contact of the organisation in the address. Raises Http404 for any other."""
    found = contact_in(request.user, public_id)
    if found is None:
        raise Http404("Du är inte kontaktperson för någon organisation med den adressen.")
    return found


def own_frame(request: HttpRequest, contact: ContactPerson, *, tab: str = "") -> dict[str, Any]:
    """What every page of the file shows; ``tab`` is the name of the address of the tab that it is."""
    public_id = contact.organisation.public_id
    return {
        "contact": contact,
        "organisation": contact.organisation,
        "tabs": [
            {
                "label": each.label,
                "url": reverse(each.address, args=[public_id]),
                "current": each.address == tab,
            }
            for each in OWN_TABS
        ],
        "several": len(contacts_held_by(request.user)) > 1,
        "public_record": PUBLIC_RECORD,
    }


def fresh(request: HttpRequest) -> dict[str, Any]:
    """First values of a form that writes: its own number, and what was kept when the session ended."""
    return {"submission": uuid4(), **kept_text(request)}
