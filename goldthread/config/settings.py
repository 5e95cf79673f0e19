"""Settings of the one program, read from the environment; see docs/operate.md for every name.

Nothing below this floor imports this module: rooms read ``django.conf.settings``.
"""

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from goldthread import __version__

PACKAGE = Path(__file__).resolve().parents[1]

HOME = Path(os.environ.get("GOLDTHREAD_HOME", "data")).expanduser().resolve()
"""Where the database, the source files and the secret of this council live."""

GOLDTHREAD_VERSION = __version__
GOLDTHREAD_COUNCIL = os.environ.get("GOLDTHREAD_COUNCIL", "")
GOLDTHREAD_AUTHORITY = os.environ.get(
    "GOLDTHREAD_AUTHORITY", "london borough"
)  # which kind of authority: rules of duties
"""The council's name in page headers and on reports; empty: no name above, and on a report the one its document prints."""


GOLDTHREAD_ADDRESS = os.environ.get("GOLDTHREAD_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
"""Where people reach the pages: what links in messages begin with."""


def _flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def _secret_key() -> str:
    """The key from SECRET_KEY, or one made once and kept in the home folder, readable by its owner only."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    HOME.mkdir(parents=True, exist_ok=True)
    path = HOME / "secret.key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text().strip()


SECRET_KEY = _secret_key()
DEBUG = _flag("GOLDTHREAD_DEBUG")
ALLOWED_HOSTS = os.environ.get("GOLDTHREAD_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("GOLDTHREAD_ORIGINS", "").split(",") if origin]
BEHIND_HTTPS = _flag("GOLDTHREAD_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_cotton",
    "django_htmx",
    "django_tasks_db",
    "goldthread.commons.accounts",
    "goldthread.commons.access",
    "goldthread.commons.tasks",
    "goldthread.commons.events",
    "goldthread.commons.files",
    "goldthread.commons.checks",
    "goldthread.commons.notices",
    "goldthread.domain.organisation",
    "goldthread.domain.register",
    "goldthread.domain.reviews",
    "goldthread.domain.risks",
    "goldthread.domain.plans",
    "goldthread.domain.workforce",
    "goldthread.domain.restructures",
    "goldthread.domain.enquiries",
    "goldthread.domain.rounds",
    "goldthread.domain.imports",
    "goldthread.reporting",
    "goldthread.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "goldthread.commons.access.middleware.PermissionMiddleware",
    "goldthread.web.busy.BusyMiddleware",
]

ROOT_URLCONF = "goldthread.config.urls"
WSGI_APPLICATION = "goldthread.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Layouts, then components (found below web), then each room's own folder.
        "DIRS": [
            PACKAGE / "web" / "layouts",
            PACKAGE / "web",
            *sorted((PACKAGE / "web" / "pages").glob("*/templates")),
        ],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "goldthread.web.context.page_frame",
            ],
        },
    }
]

COTTON_DIR = "components"
COTTON_SNAKE_CASED_NAMES = False
COTTON_ISOLATE_BY_DEFAULT = True  # a component sees what it declares, and nothing of the page around it


def _database() -> dict[str, object]:
    """What DATABASE_URL names, else SQLite in the home folder. Raises ImproperlyConfigured without showing the address."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'goldthread.sqlite3'}"
    if url.partition("://")[0] not in {"sqlite", "postgres", "postgresql"}:
        raise ImproperlyConfigured(
            "DATABASE_URL names no database that Goldthread knows: "
            "write postgresql://user:password@host/name or sqlite:///path, or leave it unset."
        )
    try:
        return dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    except ValueError as problem:  # a port that is no number, brackets that do not close
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read: write it as postgresql://user:password@host:port/name, "
            "with %40 for an @ in the password."
        ) from problem


LONGEST_WAIT = 20  # seconds that a writer waits for another one
DATABASES: dict[str, dict[str, Any]] = {"default": _database()}
if str(DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # A writer waits at the start of its transaction instead of failing in the middle.
        "transaction_mode": "IMMEDIATE",
        "timeout": LONGEST_WAIT,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    # Who waits longer for what another holds is told so, as on SQLite, and does not hang.
    options = DATABASES["default"].setdefault("OPTIONS", {})
    options["options"] = f"{options.get('options', '')} -c lock_timeout={LONGEST_WAIT}s".strip()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_REDIRECT_URL = "home"
LOGIN_URL = "account_login"
LOGOUT_REDIRECT_URL = "account_login"

# Sign-in: allauth's settings; docs/security.md says what they add up to.
ACCOUNT_ADAPTER = "goldthread.commons.accounts.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "goldthread.commons.accounts.adapter.SingleSignOnAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator enters the address, and every way in goes through it
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Goldthread: "
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False  # closing the browser signs out
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if BEHIND_HTTPS else "http"
ACCOUNT_FORMS = {
    name: f"goldthread.web.pages.accounts.forms.{form}"
    for name, form in {
        "login": "SignInForm",
        "request_login_code": "CodeRequestForm",
        "confirm_login_code": "CodeForm",
        "reset_password": "ForgottenForm",
        "reset_password_from_key": "NewPasswordForm",
        "set_password": "SetPasswordForm",
        "change_password": "ChangePasswordForm",
        "reauthenticate": "ConfirmPasswordForm",
    }.items()
}
MFA_FORMS = {
    "authenticate": "goldthread.web.pages.accounts.forms.SecondStepForm",
    "reauthenticate": "goldthread.web.pages.accounts.forms.ConfirmCodeForm",
    "activate_totp": "goldthread.web.pages.accounts.forms.TurnOnForm",
}
MFA_ADAPTER = "goldthread.commons.accounts.adapter.SecondStepAdapter"
MFA_TOTP_ISSUER = "Goldthread"
MFA_TOTP_TOLERANCE = 1
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("GOLDTHREAD_PROXIES", "1" if BEHIND_HTTPS else "0"))
SESSION_COOKIE_AGE = 12 * 60 * 60

GOLDTHREAD_OIDC_ISSUER = os.environ.get("GOLDTHREAD_OIDC_ISSUER", "").rstrip("/")
"""The council's own tenant, such as https://login.microsoftonline.com/<tenant id>/v2.0; empty: no single sign-on."""

SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {}
if GOLDTHREAD_OIDC_ISSUER:
    if {"common", "organizations", "consumers"} & set(GOLDTHREAD_OIDC_ISSUER.split("/")):
        raise ImproperlyConfigured(
            "GOLDTHREAD_OIDC_ISSUER names no tenant: put the council's own tenant id in it, or anybody could sign in."
        )
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "council",
                "name": os.environ.get("GOLDTHREAD_OIDC_NAME", "Microsoft"),
                "client_id": os.environ.get("GOLDTHREAD_OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("GOLDTHREAD_OIDC_CLIENT_SECRET", ""),
                "settings": {
                    "server_url": GOLDTHREAD_OIDC_ISSUER,
                    "fetch_userinfo": False,  # the signed token says it all, and nothing else is called
                    "verified_email": True,  # one tenant, the council's: its addresses are the council's to give
                    "email_authentication": True,
                },
            }
        ],
    }
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False

GOLDTHREAD_ROLES = "goldthread.config.roles.ROLES"
"""Where commons.access finds the council's roles; a path, because lower floors do not import this one."""

GOLDTHREAD_LISTED_VIEWS = "goldthread.config.permissions.LISTED_VIEWS"
"""Who may open the views that other packages wrote, by the name of their route."""

GOLDTHREAD_STRICT = _flag("GOLDTHREAD_STRICT")
"""A view that does not say who it is for is an error instead of a page that is not there; the tests set it."""

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("GOLDTHREAD_STATIC", HOME / "static"))
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = HOME / "files"
EVIDENCE_MAX_BYTES = int(os.environ.get("GOLDTHREAD_EVIDENCE_MB", "25")) * 1024**2
VIRUS_SCAN = os.environ.get(
    "GOLDTHREAD_VIRUS_SCAN", ""
)  # a command; it is given the path of a file, see commons.files.intake
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("GOLDTHREAD_SMTP")
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST, _, _port = os.environ.get("GOLDTHREAD_SMTP", "localhost:25").partition(":")
EMAIL_PORT = int(_port or 25)
EMAIL_HOST_USER = os.environ.get("GOLDTHREAD_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("GOLDTHREAD_SMTP_PASSWORD", "")
EMAIL_USE_TLS = _flag("GOLDTHREAD_SMTP_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("GOLDTHREAD_MAIL_FROM", "goldthread@localhost")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # A form that starts single sign-on is redirected to the issuer, and browsers hold redirects to this too.
        "form-action": [SELF, *(["/".join(GOLDTHREAD_OIDC_ISSUER.split("/")[:3])] if GOLDTHREAD_OIDC_ISSUER else [])],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

SILENCED_SYSTEM_CHECKS: list[str] = []
