"""Settings: what differs between a laptop, a test run and a city's server is an environment variable.

``PAKTEN_SECRET_KEY``, ``PAKTEN_DEBUG``, ``PAKTEN_HOSTS`` and ``PAKTEN_ORIGINS`` (with commas between),
``PAKTEN_DATABASE`` (``sqlite:///path`` or ``postgresql://user:password@host:port/name``), ``PAKTEN_VAR``
(folder for data), ``PAKTEN_DEMO``, ``PAKTEN_FETCH_LISTS`` (0: the clock fetches no lists), ``PAKTEN_HTTPS``
(1: only HTTPS), ``PAKTEN_PROXY`` (1: one proxy of ours stands in front and sets X-Forwarded-For and
X-Forwarded-Proto), ``PAKTEN_OIDC`` (pakten.project.identity), ``PAKTEN_SMTP`` (pakten.project.mail),
``PAKTEN_MAIL_FROM``, ``PAKTEN_SECOND_FACTOR`` (required, optional).
"""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from pakten.project.database import database_settings
from pakten.project.identity import allauth_providers, identity_providers
from pakten.project.mail import mail_settings
from pakten.project.numbers import whole_number
from pakten.project.secret import secret_key

BASE_DIR = Path(__file__).resolve().parents[3]
VAR_DIR = Path(os.environ.get("PAKTEN_VAR", BASE_DIR / "var"))

DEBUG = os.environ.get("PAKTEN_DEBUG", "0") == "1"
DEMO = os.environ.get("PAKTEN_DEMO", "0") == "1"
SECRET_KEY = secret_key(os.environ, VAR_DIR, debug=DEBUG)
ALLOWED_HOSTS = os.environ.get("PAKTEN_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("PAKTEN_ORIGINS", "").split(",") if o]
# What links in letters begin with: they are written by jobs too, which no visitor's request belongs to.
SITE_ADDRESS = next(
    (origin for origin in CSRF_TRUSTED_ORIGINS if "*" not in origin),
    f"http://127.0.0.1:{os.environ.get('PORT') or 8000}",
)

INSTALLED_APPS = [
    "pakten.project",
    "pakten.core",
    "pakten.accounts",
    "pakten.audit",
    "pakten.records",
    "pakten.jobs",
    "pakten.letters",
    "pakten.decisions",
    "pakten.organisations",
    "pakten.members",
    "pakten.visits",
    "pakten.checks",
    "pakten.deviations",
    "pakten.alerts",
    "pakten.sheets",
    "pakten.watching",
    "pakten.figures",
    "pakten.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_cotton",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pakten.accounts.middleware.DefaultDeny",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pakten.accounts.middleware.SecondFactor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "pakten.project.urls"
WSGI_APPLICATION = "pakten.project.wsgi.application"
ASGI_APPLICATION = "pakten.project.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pakten.core.context.page",
            ],
        },
    },
]

# A component sees its own parameters and what the context processors give, never its page's variables.
COTTON_ISOLATE_BY_DEFAULT = True

DATABASES = {
    "default": database_settings(os.environ.get("PAKTEN_DATABASE", f"sqlite:///{VAR_DIR / 'pakten.sqlite3'}"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "core:home"
LOGOUT_REDIRECT_URL = "account_login"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

_SECOND_FACTOR = os.environ.get("PAKTEN_SECOND_FACTOR", "optional" if DEMO else "required")
if _SECOND_FACTOR not in {"required", "optional"}:
    raise ImproperlyConfigured("PAKTEN_SECOND_FACTOR must be required or optional")
SECOND_FACTOR_REQUIRED = _SECOND_FACTOR == "required"

# Signing in, by allauth: what it may do here. Its addresses are in pakten.accounts.sign_in_urls.
ACCOUNT_ADAPTER = "pakten.accounts.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {
    "login": "pakten.accounts.forms.SignInForm",
    "reauthenticate": "pakten.accounts.forms.PasswordAgainForm",
    "request_login_code": "pakten.accounts.forms.RequestCodeForm",
    "confirm_login_code": "pakten.accounts.forms.MailedCodeForm",
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_RATE_LIMITS = {
    # An office sits behind one address, so that limit is far higher than the one for a name.
    "login": "60/m/ip",
    "login_failed": "60/5m/ip,5/5m/key",
    "request_login_code": "20/m/ip,5/15m/key",
}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
MFA_ADAPTER = "pakten.accounts.adapters.FactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "activate_totp": "pakten.accounts.factor_forms.AddAppForm",
    "authenticate": "pakten.accounts.factor_forms.SecondStepForm",
    "authenticate_webauthn": "pakten.accounts.factor_forms.SecondStepKeyForm",
    "reauthenticate": "pakten.accounts.factor_forms.CodeAgainForm",
    "reauthenticate_webauthn": "pakten.accounts.factor_forms.KeyAgainForm",
    "add_webauthn": "pakten.accounts.factor_forms.AddKeyForm",
    "login_webauthn": "pakten.accounts.factor_forms.KeySignInForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Pakten"
SOCIALACCOUNT_ADAPTER = "pakten.accounts.adapters.IdentityAdapter"
IDENTITY_PROVIDERS = identity_providers(os.environ.get("PAKTEN_OIDC", ""))
SOCIALACCOUNT_PROVIDERS = allauth_providers(IDENTITY_PROVIDERS)
# How long a link to choose a password holds.
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60

# In the database, so that all server processes share the limits on guessing and the codes already used.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entry",
        "KEY_FUNCTION": "pakten.project.cache_keys.digest",
        # Far above what an attacker can fill in minutes: a full cache forgets, and limits with it.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}

globals().update(mail_settings(os.environ.get("PAKTEN_SMTP", ""), VAR_DIR))
DEFAULT_FROM_EMAIL = os.environ.get("PAKTEN_MAIL_FROM", "pakten@localhost")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LANGUAGE_CODE = "sv"
# Only languages that a whole page exists in: a browser set to another one must not get a mixture.
LANGUAGES = [("sv", "Svenska")]
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# A folder with theme.json: the city's name (see pakten.core.theme).
THEME_DIR = Path(os.environ.get("PAKTEN_THEME", BASE_DIR / "src" / "pakten" / "core" / "theme"))
MEDIA_ROOT = VAR_DIR / "files"

# How long an application that was begun is kept after it was last saved; the days are whole.
APPLICATION_DRAFT_DAYS = whole_number(os.environ, "PAKTEN_DRAFT_DAYS", default=30, unit="days")
# How long the page behind an applicant's link is shown after the case was closed; the days are whole.
APPLICATION_STATUS_DAYS = whole_number(os.environ, "PAKTEN_STATUS_DAYS", default=180, unit="days")
# How long the text of system mail that belongs to no case is kept, such as links to choose a password.
SYSTEM_MAIL_DAYS = whole_number(os.environ, "PAKTEN_SYSTEM_MAIL_DAYS", default=90, unit="days")
# How long the package of evidence of a visit to a website is kept before it is to be disposed of.
SITE_ARCHIVE_YEARS = whole_number(os.environ, "PAKTEN_SITE_ARCHIVE_YEARS", default=5, unit="years")
# How long an organisation has at least to comment on what was found (L-40).
HEARING_DAYS = whole_number(os.environ, "PAKTEN_HEARING_DAYS", default=7, unit="days")
# Where those write who have a question before they are members; shown only where it is set.
CONTACT_EMAIL = os.environ.get("PAKTEN_CONTACT", "natverket@exempel.se" if DEMO else "")
# The telephone number in letters, beside the address of whoever answers; shown only where it is set.
CONTACT_PHONE = os.environ.get("PAKTEN_PHONE", "08-000 00 00" if DEMO else "")

# Immutable editions of lists; shared with the command line where VANDEL_STORE names the same folder.
LIST_STORE = Path(os.environ.get("VANDEL_STORE", VAR_DIR / "lists"))
# Whether the lists in use are fetched by the clock. Off where there is no network, and in a demonstration.
FETCH_LISTS = os.environ.get("PAKTEN_FETCH_LISTS", "0" if DEMO else "1") == "1"

# Immutable editions of registers, shared with the command line likewise; and the APIs that are connected.
REGISTER_STORE = Path(os.environ.get("VANDEL_REGISTERS", VAR_DIR / "registers"))
BOLAGSVERKET = os.environ.get("PAKTEN_BOLAGSVERKET", "")
BOLAGSVERKET_TEST = os.environ.get("PAKTEN_BOLAGSVERKET_TEST", "0") == "1"
# So many websites are visited at the same time in a round; one question at a time to each host all the same.
VISITS_AT_ONCE = whole_number(os.environ, "PAKTEN_VISITS_AT_ONCE", default=8, unit="websites")
GLEIF = os.environ.get("PAKTEN_GLEIF", "0") == "1"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
CSRF_FAILURE_VIEW = "pakten.core.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "pakten.core.views.csrf_failure"

HTTPS = os.environ.get("PAKTEN_HTTPS", "0") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = os.environ.get("PAKTEN_PROXY", "0") == "1"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # Some addresses are secrets: whoever has the link is let in.
    "filters": {"secret_links": {"()": "pakten.project.secret_links.HideSecretLinks"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secret_links"]}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
