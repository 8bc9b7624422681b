"""Signing in at the city's identity provider (OpenID Connect), and coming back from there."""

from __future__ import annotations

from typing import Any

import jwt
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from requests import RequestException

from pakten.accounts.access import public

# Signatures that only the provider can make: never one made with a secret that we share, and never none.
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})


class _CheckedAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Believes the signed identity token and nothing else."""

    def complete_login(
        self, request: HttpRequest, app: SocialApp, *_tokens: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        try:
            claims = self._decode_id_token(app, kwargs["response"]["id_token"])
            return self.get_provider().sociallogin_from_response(request, {"id_token": claims})
        except (KeyError, ValueError, TypeError) as error:
            raise OAuth2Error(f"The identity token is not whole: {type(error).__name__}") from error

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        # allauth trusts the connection and skips the signature; we ask for both.
        try:
            algorithm = jwt.get_unverified_header(id_token).get("alg")
        except jwt.PyJWTError as error:
            raise OAuth2Error("The identity token can't be read") from error
        if algorithm not in ALGORITHMS:
            raise OAuth2Error(f"The identity token is signed with {algorithm!r}")
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return claims


@never_cache
@require_GET
def _start(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    if request.user.is_authenticated:
        return redirect("core:home")
    provider = _provider(request, provider_id)
    try:
        # Nothing of the address but where to go afterwards: whoever wrote the link does not steer the rest.
        return provider.redirect(  # type: ignore[no-any-return]
            request, process=AuthProcess.LOGIN, next_url=get_next_redirect_url(request)
        )
    except (RequestException, KeyError) as error:
        return render_authentication_error(request, provider, exception=error)  # type: ignore[no-any-return]


@never_cache
@require_GET
def _callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    provider = _provider(request, provider_id)
    view = OAuth2CallbackView.adapter_view(_CheckedAdapter(request, provider_id))
    try:
        return view(request)  # type: ignore[no-any-return]
    except KeyError as error:
        return render_authentication_error(request, provider, exception=error)  # type: ignore[no-any-return]


@require_GET
def _cancelled(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/identity_cancelled.html")


def _provider(request: HttpRequest, provider_id: str) -> Any:
    try:
        return get_adapter().get_provider(request, provider_id)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error


start = public(_start, before_second_factor=True)
callback = public(_callback, before_second_factor=True)
cancelled = public(_cancelled, before_second_factor=True)
