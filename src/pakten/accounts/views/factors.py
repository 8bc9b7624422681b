"""A person's own page: ways of signing in, recovery codes, sessions elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.password_change import finalize_password_change
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pakten.accounts import policies, queries, services
from pakten.accounts.access import DeclaredView, signed_in
from pakten.accounts.adapters import FactorAdapter
from pakten.accounts.asking import user_of
from pakten.accounts.forms import ChoosePasswordForm
from pakten.accounts.models import User
from pakten.accounts.passkeys import options_of

OWN_PAGE = reverse_lazy("mfa_index")


def _logged(view: Callable[..., HttpResponseBase], done: str = "") -> DeclaredView:
    """A view that may change a person's ways of signing in: change and entry stand or fall together."""

    def whole(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = user_of(request)
        with transaction.atomic():
            before = queries.factors_of(user)
            response = view(request, *args, **kwargs)
            changed = set(before) != set(queries.factors_of(user))
            services.note_changes(user, before)
        if changed and done:
            messages.success(request, done)
        return response

    return signed_in(whole, before_second_factor=True)


@never_cache
@require_GET
def _index(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    found, used = queries.factors_of(user), queries.last_used(user)
    context = {
        "keys": [(each, used[each.id]) for each in found if each.kind == "webauthn"],
        "app": next(((each, used[each.id]) for each in found if each.kind == "totp"), None),
        "codes": _codes_left(user),
        "sessions": queries.sessions_of(user),
        "current_key": request.session.session_key,
        "must_add": policies.needs_second_factor(user) and not queries.has_second_factor(request, user),
        "has_password": user.has_usable_password(),
    }
    return render(request, "accounts/own/index.html", context)


def _codes_left(user: User) -> int | None:
    kept = queries.recovery_codes(user)
    return None if kept is None else len(kept.wrap().get_unused_codes())


class _AddApp(app.ActivateTOTPView):  # type: ignore[misc]
    template_name = "accounts/own/add_app.html"


class _RemoveApp(app.DeactivateTOTPView):  # type: ignore[misc]
    template_name = "accounts/own/remove_app.html"


class _AddKey(keys.AddWebAuthnView):  # type: ignore[misc]
    template_name = "accounts/own/add_key.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        # allauth asks for a key that needs a password beside it; ours is enough on its own.
        context["js_data"] = {"creation_options": auth.begin_registration(self.request.user, True)}
        return context | {"passkey_options": options_of(context, "creation_options")}


class _RemoveKey(keys.RemoveWebAuthnView):  # type: ignore[misc]
    template_name = "accounts/own/remove_key.html"
    success_url = OWN_PAGE

    def form_valid(self, form: Any) -> HttpResponse:
        adapter = FactorAdapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect(OWN_PAGE)
        return super().form_valid(form)  # type: ignore[no-any-return]


class _Codes(codes.ViewRecoveryCodesView):  # type: ignore[misc]
    template_name = "accounts/own/codes.html"


class _NewCodes(codes.GenerateRecoveryCodesView):  # type: ignore[misc]
    template_name = "accounts/own/new_codes.html"


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def _change_password(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    if not user.has_usable_password():
        return redirect(OWN_PAGE)
    form = ChoosePasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.choose_password(user, form.cleaned_data["new_password1"])
        # Keeps this session; Django ends all others of an account whose password changed.
        finalize_password_change(request, user)
        messages.success(request, "Lösenordet är bytt. Du är utloggad på alla andra ställen.")
        return redirect(OWN_PAGE)
    return render(request, "accounts/own/password.html", {"form": form})


@require_POST
def _close_others(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    services.close_other_sessions(user, str(request.session.session_key))
    messages.success(request, "Du är utloggad på alla andra ställen.")
    return redirect(OWN_PAGE)


index = signed_in(_index, before_second_factor=True)
add_app = _logged(_AddApp.as_view(), "Appen är tillagd.")
remove_app = _logged(_RemoveApp.as_view(), "Appen är borttagen.")
add_key = _logged(_AddKey.as_view(), "Nyckeln är tillagd.")
remove_key = _logged(_RemoveKey.as_view(), "Nyckeln är borttagen.")
recovery_codes = signed_in(never_cache(_Codes.as_view()), before_second_factor=True)
new_codes = _logged(_NewCodes.as_view(), "Du har fått nya reservkoder. De gamla gäller inte längre.")
change_password = signed_in(_change_password)
close_others = signed_in(_close_others)
