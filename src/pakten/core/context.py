"""What every page knows about itself."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from pakten.core.banners import banners
from pakten.core.navigation import Group, menu_for, open_pages, pages_for
from pakten.core.theme import theme


def page(request: HttpRequest) -> dict[str, object]:
    """Template variables for the base template."""

    @cache
    def pages() -> list[Group]:
        return pages_for(request)

    return {
        "demo": settings.DEMO,
        "version": _version(),
        "theme": theme(),
        # Asked for by whole pages only: a fragment needs no menu and no query for it.
        "open_pages": SimpleLazyObject(lambda: open_pages(pages())),
        "menu": SimpleLazyObject(lambda: menu_for(request, pages())),
        "own_pages": SimpleLazyObject(pages),
        "banners": SimpleLazyObject(lambda: banners(request)),
        "sign_out_url": _sign_out_url(),
    }


def _version() -> str:
    try:
        return version("pakten")
    except PackageNotFoundError:
        return ""


def _sign_out_url() -> str:
    try:
        return reverse("account_logout")
    except NoReverseMatch:
        return ""
