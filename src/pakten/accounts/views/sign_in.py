"""Signing in and out: allauth's views with our pages, and what the log must know."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.account.internal import flows
from allauth.mfa.base import views as second_step
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from pakten.accounts import services
from pakten.accounts.access import public, signed_in
from pakten.accounts.demo_people import DEMO_PASSWORD, DEMO_SIGN_INS
from pakten.accounts.models import User
from pakten.accounts.passkeys import options_of


class _SignIn(account.LoginView):  # type: ignore[misc]
    template_name = "accounts/sign_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"providers": get_adapter().list_providers(self.request)} | _demo_sign_ins()


class _RequestCode(account.RequestLoginCodeView):  # type: ignore[misc]
    template_name = "accounts/request_code.html"


class _MailedCode(account.ConfirmLoginCodeView):  # type: ignore[misc]
    template_name = "accounts/mailed_code.html"

    def form_invalid(self, form: Form) -> HttpResponse:
        if isinstance(user := self._process.user, User):
            services.note_refused_step(user, "code")
        return super().form_invalid(form)  # type: ignore[no-any-return]


class _SecondStep(second_step.AuthenticateView):  # type: ignore[misc]
    template_name = "accounts/second_step.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"passkey_options": options_of(context, "request_options")}


class _PasswordAgain(account.ReauthenticateView):  # type: ignore[misc]
    template_name = "accounts/again_password.html"


class _CodeAgain(second_step.ReauthenticateView):  # type: ignore[misc]
    template_name = "accounts/again_code.html"


class _KeyAgain(keys.ReauthenticateWebAuthnView):  # type: ignore[misc]
    template_name = "accounts/again_key.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"passkey_options": options_of(context, "request_options")}


@require_POST
def _sign_out(request: HttpRequest) -> HttpResponse:
    """Also gives up a sign-in that is half done."""
    flows.logout.logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def _demo_sign_ins() -> dict[str, Any]:
    if not settings.DEMO:
        return {}
    names = [person.username for person in DEMO_SIGN_INS]
    there = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    people = [person for person in DEMO_SIGN_INS if person.username in there]
    return {"demo_people": people, "demo_password": DEMO_PASSWORD}


sign_in = public(_SignIn.as_view(), before_second_factor=True)
sign_out = public(_sign_out, before_second_factor=True)
request_code = public(_RequestCode.as_view(), before_second_factor=True)
mailed_code = public(_MailedCode.as_view(), before_second_factor=True)
second_step_view = public(_SecondStep.as_view(), before_second_factor=True)
key_sign_in = public(keys.LoginWebAuthnView.as_view(), before_second_factor=True)
password_again = signed_in(_PasswordAgain.as_view(), before_second_factor=True)
code_again = signed_in(_CodeAgain.as_view(), before_second_factor=True)
key_again = signed_in(_KeyAgain.as_view(), before_second_factor=True)
