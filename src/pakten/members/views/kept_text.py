"""What somebody had written when the session ended comes back after signing in again."""

from __future__ import annotations

from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponseBase

from pakten.accounts.access import DeclaredView

_KEY = "kept_text"
_LONGEST = 12_000
_FIELDS = ("text", "proposed", "words")


def keeps_text(view: DeclaredView) -> DeclaredView:
    """Keep the words that somebody who is signed out sends here, in the session that signs in next."""

    @wraps(view)
    def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            words = {name: request.POST[name][:_LONGEST] for name in _FIELDS if request.POST.get(name)}
            if words:
                request.session[_KEY] = {"path": request.path, "words": words}
        return view(request, *args, **kwargs)

    return cast(DeclaredView, keeping)


def kept_text(request: HttpRequest) -> dict[str, str]:
    """What was kept for this address, handed out once."""
    kept = request.session.get(_KEY)
    if not isinstance(kept, dict) or kept.get("path") != request.path:
        return {}
    del request.session[_KEY]
    return dict(kept["words"])
