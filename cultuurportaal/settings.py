"""Settings, top to bottom from the environment; a laptop works with nothing set (.env.example lists all)."""

from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

import environ
import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from cultuurportaal import embedded, environment

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Where are we ---------------------------------------------------------------------------------------
OMGEVING = environment.choice("OMGEVING", ["proef", "productie"], "proef")
IN_PRODUCTION = OMGEVING == "productie"
REQUIRED = None if IN_PRODUCTION else ""
VAR_DIR = environment.folder("VAR_DIR", BASE_DIR / "var")
PORT = environment.number("PORT", 8000)
DEBUG = False

SECRET_KEY = environment.text("SECRET_KEY", None if IN_PRODUCTION else "proef-" + "0123456789abcdef" * 4)
SITE_ORIGIN = environment.text("SITE_ORIGIN", None if IN_PRODUCTION else f"http://localhost:{PORT}").rstrip(
    "/"
)
ALLOWED_HOSTS = environment.words(
    "ALLOWED_HOSTS", None if IN_PRODUCTION else "localhost,127.0.0.1,[::1],testserver"
)
TRUSTED_PROXIES = environment.words("TRUSTED_PROXIES", "")
STAD = environment.text("STAD", "zoetermeer")
IMPORT_TOEGESTANE_HOSTS = environment.words("IMPORT_TOEGESTANE_HOSTS", "")

if IN_PRODUCTION and urlsplit(SITE_ORIGIN).scheme != "https":
    raise ImproperlyConfigured("SITE_ORIGIN moet in productie met https:// beginnen.")

# --- Apps: three floors of our own, top to bottom -------------------------------------------------------
INSTALLED_APPS = [
    "netwerk",
    "agenda",
    "partners",
    "cultuurportaal.apps.CultuurportaalConfig",
    "cultuurportaal.apps.OperatorsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "cultuurportaal.middleware.request_number",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # outside WhiteNoise, which compresses in production only
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cultuurportaal.middleware.reject_bad_input",  # its own answers have the headers above too
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cultuurportaal.middleware.ClosedByDefault",
    "allauth.account.middleware.AccountMiddleware",
    "partners.middleware.second_factor",
    "partners.middleware.no_store_for_sessions",
    "partners.middleware.History",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "cultuurportaal.urls"
WSGI_APPLICATION = "cultuurportaal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cultuurportaal.context.site",
                "partners.context.city",
            ],
            "builtins": ["django.templatetags.static", "django.templatetags.i18n"],
        },
    }
]

# --- Wiring by strings: what floor 0 calls without importing an app -------------------------------------
SWEEPS = [
    "agenda.services.publication.sweep",
    "agenda.feeds.refresh.refresh",
    "cultuurportaal.mail.send_due",
]
DEMO_STEPS = ["partners.demo.load", "netwerk.demo.load", "agenda.demo.load"]
DEMO_ACCOUNTS = "partners.demo.account_lines"
STATUS_GATE = "partners.permissions.is_editor"
HEALTH_CHECKS = ["agenda.services.publication.oldest_open_release"]

# --- PostgreSQL is the truth; Valkey only carries nudges ------------------------------------------------
embedded_urls = embedded.urls(VAR_DIR)
DATABASE_URL = environment.text("DATABASE_URL", None if IN_PRODUCTION else embedded_urls.database_url)
REDIS_URL = environment.text("REDIS_URL", None if IN_PRODUCTION else embedded_urls.redis_url)

DATABASES = {
    "default": {
        **embedded.django_database(DATABASE_URL, environ.Env),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 2,
            "application_name": "cultuurportaal",
            "options": "-c random_page_cost=1.1",  # disks have no arms any more: indexes are cheap
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The shared cache holds rate limits and mailed codes, and lives in PostgreSQL: a hung broker can never hang a
# page. Django forgets a third of it above MAX_ENTRIES, codes first: far more than a busy hour writes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cultuurportaal_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 500},
        "TIMEOUT": 600,
    },
}

CELERY_BROKER_URL = embedded.celery_url(REDIS_URL)
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "global_keyprefix": "cultuurportaal:"}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat" / "schedule")
CELERY_BEAT_SCHEDULE = {
    "feed window moves": {"task": "agenda.tasks.hourly", "schedule": 3600.0},
    "digest for editors": {"task": "agenda.tasks.editors_digest", "schedule": 900.0},
    "erase unconfirmed": {"task": "agenda.tasks.erase_unconfirmed", "schedule": 3600.0},
    "does it still hold": {"task": "agenda.tasks.recheck", "schedule": 3600.0},
    "feeds of makers": {"task": "agenda.tasks.read_sources", "schedule": 3600.0},
    "pictures that wait": {"task": "agenda.tasks.render_waiting", "schedule": 60.0},
}
NUDGE_TIMEOUT_SECONDS = 0.8
NUDGE_BREAKER_SECONDS = 30.0

# --- The hold: seconds in which an editor can undo an approval before anybody outside sees it -----------
HOLD_SECONDS = 10
SWEEP_SECONDS = 10

# --- Who: sign-in by a mailed six-digit code; a second factor for city roles ----------------------------
AUTH_USER_MODEL = "partners.User"
AUTHENTICATION_BACKENDS = [
    "partners.backends.ActiveBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "agenda:mine"
LOGOUT_REDIRECT_URL = "agenda:agenda"
ACCOUNT_ADAPTER = "partners.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_FORMS = {
    "login": "partners.forms.signing_in.SignInForm",
    "request_login_code": "partners.forms.signing_in.RequestCodeForm",
    "confirm_login_code": "partners.forms.signing_in.SignInCodeForm",
}
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,5/m/key", "code_per_mailbox": "5/m/key"}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(SITE_ORIGIN).scheme
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_ADAPTER = "partners.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "partners.forms.signing_in.SecondStepForm",
    "reauthenticate": "partners.forms.signing_in.AgainForm",
    "add_webauthn": "partners.forms.signing_in.AddPasskeyForm",
    "authenticate_webauthn": "partners.forms.signing_in.PasskeyForm",
    "reauthenticate_webauthn": "partners.forms.signing_in.PasskeyAgainForm",
}
MFA_TOTP_ISSUER = "Cultuurportaal"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IN_PRODUCTION
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cultuurportaal.views.csrf_failure"

# --- Audit: rows of desk, partners and network remember every change, deletion too ----------------------
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")  # reading touches no session: cacheable
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())

# --- Language and time: Dutch is the source language ----------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

# --- Files ----------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = environment.folder("STATIC_ROOT", VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
if not IN_PRODUCTION:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns about a folder that is not there
MEDIA_URL = "/media/"
MEDIA_ROOT = environment.folder("MEDIA_ROOT", VAR_DIR / "media")
PRIVATE_ROOT = environment.folder("PRIVATE_ROOT", VAR_DIR / "private")
MEDIA_URL_S3 = environment.text("MEDIA_URL_S3", "")
WHITENOISE_USE_FINDERS = not IN_PRODUCTION
STORAGES = {
    "default": environment.storage(
        MEDIA_URL_S3, MEDIA_ROOT, MEDIA_URL.strip("/"), urlsplit(SITE_ORIGIN).netloc
    ),
    "private": environment.storage(MEDIA_URL_S3, PRIVATE_ROOT, "private"),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IN_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
LARGEST_BODY = 40 * 1024 * 1024  # bytes, files included; beyond it the body is not read

# --- Mail -----------------------------------------------------------------------------------------------
MAIL_FROM = environment.text("MAIL_FROM", None if IN_PRODUCTION else "Cultuurportaal <portaal@demo.example>")
MAIL_URL = environment.text("MAIL_URL", None if IN_PRODUCTION else "filemail://")
CONTACT_MAIL = environment.text("CONTACT_MAIL", parseaddr(MAIL_FROM)[1])
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM
globals().update(environ.Env.email_url_config(MAIL_URL))
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
EMAIL_TIMEOUT = 10
EMAIL_SUBJECT_PREFIX = ""
HAS_POSTBOX_PAGE = not IN_PRODUCTION and MAIL_URL.startswith("filemail:")

# Mail in (`manage.py postin`): off without a domain.
MAIL_IN_DOMAIN = environment.text("MAIL_IN_DOMAIN", "").lower()
MAIL_IN_PORT = environment.number("MAIL_IN_PORT", 2525)

# --- Security -------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "camera",
        "display-capture",
        "geolocation",
        "microphone",
        "payment",
        "usb",
        "midi",
        "gyroscope",
    )
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = IN_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IN_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IN_PRODUCTION
SECURE_HSTS_PRELOAD = IN_PRODUCTION
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IN_PRODUCTION
CSRF_TRUSTED_ORIGINS = [SITE_ORIGIN]

# --- Logs carry ids, never personal data ----------------------------------------------------------------
LOG_LEVEL = environment.choice("LOG_LEVEL", ["DEBUG", "INFO", "WARNING", "ERROR"], "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "cultuurportaal.logs.OneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "httpx": {"level": "WARNING"},  # it logs whole addresses, and a calendar's address can be its key
        "mail.log": {"level": "WARNING"},  # the mail server that takes mail in logs addresses
    },
}
