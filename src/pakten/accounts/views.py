"""Signing in and out, with Django's own views."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from pakten.accounts import services
from pakten.accounts.access import public
from pakten.accounts.demo_people import DEMO_PASSWORD, DEMO_SIGN_INS
from pakten.accounts.forms import SignInForm
from pakten.accounts.models import User


class _SignIn(LoginView):
    template_name = "accounts/sign_in.html"
    form_class = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        with transaction.atomic():
            response = super().form_valid(form)
            services.note_signed_in(form.get_user())
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | _demo_sign_ins()


class _SignOut(LogoutView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if isinstance(request.user, User):
            services.note_signed_out(request.user)
        return super().post(request, *args, **kwargs)


def _demo_sign_ins() -> dict[str, Any]:
    if not settings.DEMO:
        return {}
    names = [person.username for person in DEMO_SIGN_INS]
    there = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    people = [person for person in DEMO_SIGN_INS if person.username in there]
    return {"demo_people": people, "demo_password": DEMO_PASSWORD}


sign_in = public(_SignIn.as_view())
sign_out = public(_SignOut.as_view())
