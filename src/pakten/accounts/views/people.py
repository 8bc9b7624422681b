"""Accounts, for administrators; and the page where a new person chooses a password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN, PasswordResetConfirmView
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pakten.accounts import policies, queries, services
from pakten.accounts.access import public, roles
from pakten.accounts.asking import user_of
from pakten.accounts.forms import ChoosePasswordForm
from pakten.accounts.models import User
from pakten.accounts.people_forms import AccountFilter, NewPersonForm, ReasonForm, RolesForm
from pakten.audit.queries import entries_for
from pakten.audit.rows import Row

_ROWS = 50
_ENTRIES = 20


@roles(policies.KEEPS_ACCOUNTS)
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """Who has an account, with which roles."""
    form = AccountFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.people(wanted.get("sok", ""), role=wanted.get("roll", ""), state=wanted.get("status", ""))
    context = {
        "form": form,
        "page": Paginator(found, _ROWS).get_page(request.GET.get("page")),
        "shown": found.count(),
        "total": User.objects.count(),
        "clear": request.path if request.GET else "",
    }
    return render(request, "accounts/people/list.html", context)


@roles(policies.KEEPS_ACCOUNTS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make an account for somebody."""
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = services.invite(
                form.person(), form.wanted(), actor=user_of(request), reason=form.cleaned_data["reason"]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Kontot för {user} är tillagt.")
            return redirect("accounts:account", user.pk)
    return render(request, "accounts/people/new.html", {"form": form})


@roles(policies.KEEPS_ACCOUNTS)
@require_GET
def account(request: HttpRequest, user_id: int) -> HttpResponse:
    """One account: roles, ways of signing in, what was done to it."""
    return _account(request, get_object_or_404(User, pk=user_id))


@roles(policies.KEEPS_ACCOUNTS)
@require_POST
def change_roles(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give and take roles."""
    user = get_object_or_404(User, pk=user_id)
    form = RolesForm(request.POST)
    if form.is_valid():
        try:
            services.set_roles(
                user, form.wanted(), actor=user_of(request), reason=form.cleaned_data["reason"]
            )
        except ValidationError as error:
            form.add_error(None, " ".join(error.messages))
        else:
            messages.success(request, f"Rollerna för {user} är ändrade.")
            return redirect("accounts:account", user.pk)
    return _account(request, user, roles_form=form)


def _with_reason(verb: Callable[..., None], done: str) -> Any:
    @roles(policies.KEEPS_ACCOUNTS)
    @require_POST
    def view(request: HttpRequest, user_id: int) -> HttpResponse:
        user = get_object_or_404(User, pk=user_id)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return _account(request, user, reason_form=form)
        verb(user, actor=user_of(request), reason=form.cleaned_data["reason"])
        messages.success(request, done.format(user))
        return redirect("accounts:account", user.pk)

    return view


close = _with_reason(services.close, "Kontot för {} är stängt.")
open_again = _with_reason(services.open_again, "Kontot för {} är öppet igen.")
remove_factors = _with_reason(
    services.remove_factors, "{} måste lägga till ett nytt andra steg vid nästa inloggning."
)


@roles(policies.KEEPS_ACCOUNTS)
@never_cache
@require_POST
def password_link(request: HttpRequest, user_id: int) -> HttpResponse:
    """Show, this once, a link where the person chooses a password."""
    user = get_object_or_404(User, pk=user_id)
    link = request.build_absolute_uri(services.make_password_link(user, actor=user_of(request)))
    return render(request, "accounts/people/link.html", {"person": user, "link": link})


class _ChoosePassword(PasswordResetConfirmView):
    template_name = "accounts/choose_password.html"
    form_class = ChoosePasswordForm
    success_url = reverse_lazy("account_login")
    reset_url_token = "valj"  # noqa: S105 - a word in the address

    def get_user(self, uidb64: str) -> User | None:
        user = super().get_user(uidb64)
        return user if isinstance(user, User) and user.is_active else None

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Tell no other site the address, and keep the page out of every cache and register."""
        response = super().dispatch(*args, **kwargs)
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    def render_to_response(self, context: dict[str, Any], **more: Any) -> HttpResponse:
        """A link that is wrong, used or old is the same to everybody: there is nothing here."""
        if not self.validlink:
            more["status"] = 404
        elif self.request.method == "POST":
            more["status"] = 422
        return super().render_to_response(context, **more)

    def form_valid(self, form: SetPasswordForm[Any]) -> HttpResponse:
        services.choose_password(form.user, form.cleaned_data["new_password1"])
        self.request.session.pop(INTERNAL_RESET_SESSION_TOKEN, None)
        messages.success(self.request, "Lösenordet är valt. Logga in med det.")
        return redirect(self.get_success_url())


choose_password = public(_ChoosePassword.as_view())


def _account(
    request: HttpRequest,
    user: User,
    *,
    roles_form: RolesForm | None = None,
    reason_form: ReasonForm | None = None,
) -> HttpResponse:
    held = user.role_assignments.values_list("role", flat=True)
    context = {
        "person": user,
        "own": request.user.pk == user.pk,
        "by_mail": policies.may_sign_in_by_mail(user),
        "roles_form": roles_form or RolesForm(initial={"roles": sorted(held)}),
        "reason_form": reason_form or ReasonForm(),
        "factors": queries.factors_of(user),
        "entries": [Row.of(entry) for entry in entries_for(user).select_related("actor")[:_ENTRIES]],
    }
    status = 422 if roles_form or reason_form else 200
    return render(request, "accounts/people/account.html", context, status=status)
