"""Which record an address of the pages on structure means."""

from __future__ import annotations

from django.http import Http404

from pakten.organisations.models import Organisation


def found_organisation(public_id: str) -> Organisation:
    """The record in an address, also one that was merged into another. Raises Http404."""
    found = Organisation.objects.select_related("merged_into", "group_parent")
    try:
        return found.get(public_id=public_id)
    except Organisation.DoesNotExist as error:
        raise Http404("Det finns ingen organisation med den adressen.") from error
