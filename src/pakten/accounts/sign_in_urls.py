"""Addresses of signing in, by allauth's names. An address of allauth's that is not here does not exist."""

from django.urls import path

from pakten.accounts.views import factors, identity, sign_in

urlpatterns = [
    path("logga-in/", sign_in.sign_in, name="account_login"),
    path("logga-ut/", sign_in.sign_out, name="account_logout"),
    path("logga-in/kod/", sign_in.request_code, name="account_request_login_code"),
    path("logga-in/kod/skriv/", sign_in.mailed_code, name="account_confirm_login_code"),
    path("logga-in/steg-2/", sign_in.second_step_view, name="mfa_authenticate"),
    path("logga-in/nyckel/", sign_in.key_sign_in, name="mfa_login_webauthn"),
    path("logga-in/bekrafta/", sign_in.password_again, name="account_reauthenticate"),
    path("logga-in/bekrafta/kod/", sign_in.code_again, name="mfa_reauthenticate"),
    path("logga-in/bekrafta/nyckel/", sign_in.key_again, name="mfa_reauthenticate_webauthn"),
    path("logga-in/avbruten/", identity.cancelled, name="socialaccount_login_cancelled"),
    path("logga-in/<slug:provider_id>/", identity.start, name="openid_connect_login"),
    path("logga-in/<slug:provider_id>/klar/", identity.callback, name="openid_connect_callback"),
    path("mina-inloggningar/", factors.index, name="mfa_index"),
    path("mina-inloggningar/app/", factors.add_app, name="mfa_activate_totp"),
    path("mina-inloggningar/app/ta-bort/", factors.remove_app, name="mfa_deactivate_totp"),
    path("mina-inloggningar/nyckel/", factors.add_key, name="mfa_add_webauthn"),
    path("mina-inloggningar/nyckel/<int:pk>/ta-bort/", factors.remove_key, name="mfa_remove_webauthn"),
    path("mina-inloggningar/reservkoder/", factors.recovery_codes, name="mfa_view_recovery_codes"),
    path("mina-inloggningar/reservkoder/nya/", factors.new_codes, name="mfa_generate_recovery_codes"),
]
