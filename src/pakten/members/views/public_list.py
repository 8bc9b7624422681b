"""What everybody may see of the network: who the members are, and how they are controlled."""

from __future__ import annotations

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import capfirst
from django.views.decorators.http import require_GET

from pakten.accounts.access import public
from pakten.core.theme import theme
from pakten.members.queries import public as queries
from pakten.organisations.models import Sector

IN_FEED = 50


class PublicFilter(forms.Form):
    """The filter of the published list, as it stands in the address."""

    sok = forms.CharField(label="Sök namn", required=False, max_length=200)
    sektor = forms.ChoiceField(
        label="Sektor",
        required=False,
        choices=[("", "Alla"), *((value, capfirst(str(label))) for value, label in Sector.choices)],
    )


@public
@require_GET
def public_list(request: HttpRequest) -> HttpResponse:
    """The members that the address describes, from frozen rows."""
    form = PublicFilter(request.GET)
    form.is_valid()
    found = form.cleaned_data
    rows = queries.public_members(found.get("sok", ""), sector=found.get("sektor", ""))
    page = Paginator(rows, queries.PAGE_SIZE).get_page(request.GET.get("page"))
    counts = queries.public_count()
    context = {
        "form": form,
        "page": page,
        "counts": counts,
        "total": sum(counts.values()),
        "filtered": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "members/public/list.html", context)


@public
@require_GET
def feed(request: HttpRequest) -> HttpResponse:
    """The latest members, for those who follow the list."""
    address = request.build_absolute_uri(reverse("members:public_list"))
    made = Atom1Feed(
        title=f"Nya medlemmar i {theme().network}",
        link=address,
        description="De senaste medlemmarna.",
        language="sv",
        feed_url=request.build_absolute_uri(),
    )
    for row in queries.latest_public(IN_FEED):
        made.add_item(
            title=row.name,
            link=address,
            description=capfirst(row.get_sector_display()),
            unique_id=f"{address}#{row.pk}",
            pubdate=row.published_at,
            updateddate=row.published_at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@public
@require_GET
def how_we_check(request: HttpRequest) -> HttpResponse:
    """How members are controlled, in plain words."""
    return render(request, "members/public/how_we_check.html", {"network": theme().network})
