"""One file, read top to bottom. Whatever differs between machines comes from the environment (see `.env.example`)."""

import os
from pathlib import Path

from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from unionrelations.api.rest import pace_of, rest_framework
from unionrelations.api.schema import SPECTACULAR_SETTINGS  # noqa: F401 - read by the library of that name
from unionrelations.browsers import CONTENT_SECURITY_POLICY, PERMISSIONS_POLICY  # noqa: F401 - read by their middleware
from unionrelations.caches import caches
from unionrelations.databases import databases
from unionrelations.entering import *  # noqa: F403 what is the same on every machine
from unionrelations.entering import providers
from unionrelations.environment import Environment, kept_secret_key
from unionrelations.logs import FORMS, request_ids, written_down
from unionrelations.nightly import SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent

# --- The environment: the process's own variables win over `.env`, and an empty one counts as missing.

env = Environment(os.environ.get("ENV_FILE") or BASE_DIR / ".env")

DEBUG = env.yes("DEBUG", False)
HTTPS = env.yes("HTTPS", not DEBUG)
TRUST_PROXY = env.yes("TRUST_PROXY", False)  # true only where a proxy of ours sets the X-Forwarded headers
ALLOWED_HOSTS = env.texts("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR))).resolve()  # database file, uploads and secret key of one machine

if "SECRET_KEY" in env:
    SECRET_KEY = env.text("SECRET_KEY")
elif "DATABASE_URL" in env:
    raise ImproperlyConfigured("Set SECRET_KEY: a database is configured (DATABASE_URL), so the key must be given too.")
else:
    SECRET_KEY = kept_secret_key(DATA_DIR / ".secret-key")

# --- What the house is made of

INSTALLED_APPS = [
    "unionrelations",
    "unionrelations.accounts",
    "unionrelations.web",
    "unionrelations.api",
    "partners",
    "activities",
    "activities.reports",
    "unionrelations.history",
    "unionrelations.importing",
    "unionrelations.backups",
    "unionrelations.operations",
    "unionrelations.privacy",
    "unionrelations.hooks",
    "django_filters",
    "django_tables2",
    "django_htmx",
    "django_guid",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "django_guid.middleware.guid_middleware",
    "unionrelations.operations.answers.Answers",
    "django.middleware.security.SecurityMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "unionrelations.web.door.standing_in.StandingIn",
    "unionrelations.web.middleware.Acting",
    "unionrelations.web.middleware.Telling",
    "unionrelations.web.middleware.ReaderLanguage",
    "unionrelations.web.middleware.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "unionrelations.web.middleware.NoNullCharacters",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "unionrelations.web.door.second_factor.SecondFactor",
    "unionrelations.web.door.sessions.LastSeen",
    "axes.middleware.AxesMiddleware",
    "unionrelations.operations.reading.Reading",
]
ROOT_URLCONF = "unionrelations.urls"
WSGI_APPLICATION = "unionrelations.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "unionrelations.web.context.shell",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DJANGO_TABLES2_TEMPLATE = "ui/table.html"

# --- The database: PostgreSQL where one is given, with a replica to read from or none, otherwise SQLite in a file

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = databases(env, DATA_DIR)
DATABASE_ROUTERS = ["unionrelations.operations.replica.Router"] if "replica" in DATABASES else []
REPLICA_LAG = env.number("REPLICA_LAG", 5, least=1)  # seconds; a replica further behind is not asked

# --- Who may enter

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "unionrelations.accounts.roles.RoleBackend"]
if TRUST_PROXY:

    def nearest_address(request):
        """Whom our proxy spoke to: the last address it added, since earlier ones are the sender's own claim."""
        return request.META.get("HTTP_X_FORWARDED_FOR", request.META["REMOTE_ADDR"]).rpartition(",")[2].strip()

    AXES_CLIENT_IP_CALLABLE = nearest_address
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if TRUST_PROXY else 0

# Administrators and leaders set up a second factor before they do anything else.
REQUIRE_SECOND_FACTOR = env.yes("REQUIRE_SECOND_FACTOR", True)
INVITATION_DAYS = env.number("INVITATION_DAYS", 7, least=1)  # that an invitation is good for
PASSWORD_RESET_TIMEOUT = 2 * 3600  # seconds that a link to a new password is good for

# Single sign-on through one OpenID Connect provider, where one is named. A person is found by an address that provider
# and house have confirmed, so the house must be able to write letters.
OIDC_NAME = env.text("OIDC_NAME")  # what stands on the button
OIDC = {
    "OIDC_NAME": OIDC_NAME,
    "OIDC_SERVER_URL": env.address("OIDC_SERVER_URL", ("https", "http")),
    "OIDC_CLIENT_ID": env.text("OIDC_CLIENT_ID"),
    "OIDC_CLIENT_SECRET": env.text("OIDC_CLIENT_SECRET"),
}
OIDC_HAS_SECOND_FACTOR = env.yes("OIDC_HAS_SECOND_FACTOR", False)  # the provider asks for one; ours is not asked too
if any(OIDC.values()) and (missing := [name for name, said in OIDC.items() if not said]):
    raise ImproperlyConfigured(f"Set {' and '.join(missing)}: single sign-on needs all four of {', '.join(OIDC)}.")
if OIDC_NAME and "EMAIL_URL" not in env and not DEBUG:
    raise ImproperlyConfigured("Set EMAIL_URL: single sign-on finds people by addresses confirmed by e-mail.")
SOCIALACCOUNT_PROVIDERS = providers(**OIDC)

KEPT_PAGES = env.text("KEPT_PAGES")  # a folder in memory, made by `serving.py`
CACHES = caches(KEPT_PAGES)

# --- The wire

SECURE_SSL_REDIRECT = SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 365 * 24 * 3600) if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUST_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W021",  # the preload list of browsers binds a whole domain, which is not ours to do
    "models.W040",  # SQLite keeps the index without its further columns: slower there, never wrong
]

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # a form's text; files are written to disk as they come
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a long plan is one form
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- Language and time

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["unionrelations.formats"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- Files

MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/files/"
UPLOAD_LIMIT = env.number("UPLOAD_LIMIT_MB", 25, least=1) * 1024 * 1024  # bytes of one file
FILE_UPLOAD_HANDLERS = ["unionrelations.kit.storage.CutOff", *global_settings.FILE_UPLOAD_HANDLERS]
STATIC_COLLECTED = env.yes("STATIC_COLLECTED", not DEBUG)  # else they are served from where they lie
STATIC_ROOT = BASE_DIR / "staticfiles"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "unionrelations.static_files.PackagesFinder",
]
STORAGES = {
    "default": {"BACKEND": "unionrelations.kit.storage.WholeFiles"},
    "staticfiles": {
        "BACKEND": "unionrelations.static_files.StaticFiles"
        if STATIC_COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not STATIC_COLLECTED
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- Backups: sealed with the first key, opened with any of them; without one there are none

BACKUP_KEYS = env.keys("BACKUP_KEY", "AGE-SECRET-KEY-1")
BACKUP_DIR = Path(env.text("BACKUP_DIR", str(DATA_DIR / "backups"))).resolve()
BACKUP_KEEP_DAYS = env.number("BACKUP_KEEP_DAYS", 14, least=1)
BACKUP_KEEP_WEEKS = env.number("BACKUP_KEEP_WEEKS", 8)

KEEP_DRAFTS_DAYS = env.number("KEEP_DRAFTS_DAYS", 180, least=1)  # since they were last typed in
KEEP_LOOKS_DAYS = env.number("KEEP_LOOKS_DAYS", 365, least=1)  # who looked at personal data, who signed in
# --- Work in the background: through a broker where one is given, otherwise at once in the same process

CELERY_BROKER_URL = env.address("CELERY_BROKER_URL", ("redis", "rediss", "amqp", "amqps"))
CELERY_TASK_ALWAYS_EAGER = not CELERY_BROKER_URL
CELERY_TASK_EAGER_PROPAGATES = False
CELERY_TASK_IGNORE_RESULT = True
# A task belongs to the worker that finishes it: one whose worker was killed is delivered again, on Redis after the
# visibility timeout (looked for every 10 seconds; left alone, a hundred). A task may run for half of that time, so none
# is delivered a second time while still running.
TASK_VISIBILITY_TIMEOUT = env.number("TASK_VISIBILITY_TIMEOUT", 600, least=1)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = max(TASK_VISIBILITY_TIMEOUT // 2, 1)
REDIS_OPTIONS = {"visibility_timeout": TASK_VISIBILITY_TIMEOUT, "unacked_restore_throttle": 1}
CELERY_BROKER_TRANSPORT_OPTIONS = REDIS_OPTIONS if CELERY_BROKER_URL.startswith("redis") else {}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200  # documents leave memory behind
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "unionrelations.tasks.beat:SharedScheduler"
CELERY_BEAT_SCHEDULE = SCHEDULE

# --- E-mail about what is due; without EMAIL_URL nothing is sent, and nothing counts as sent

globals().update(env.mail("EMAIL_URL", "consolemail://" if DEBUG else "dummymail://"))
MAIL_IS_SENT = "EMAIL_URL" in env or DEBUG
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "doi-ngoai@localhost")
# Pages know their own address, workers do not.
SITE_URL_IS_SAID = "SITE_URL" in env
SITE_URL = env.text("SITE_URL", f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0]}").rstrip("/")

# --- Lists and the API

FILTERS_EMPTY_CHOICE_LABEL = _("All")
TRIP_REPORT_DAYS = env.number("TRIP_REPORT_DAYS", 15)  # after a delegation is back; then its report is late
CONFERENCE_REPORT_DAYS = env.number("CONFERENCE_REPORT_DAYS", 15)  # after a conference is over
QUIET_MONTHS = env.number("QUIET_MONTHS", 12, least=1)  # without contact, where a union says nothing else
PLAN_DUE = env.day_of_year("PLAN_DUE", "15/12")  # month and day by which the next year's plan is handed in
API_PACE = pace_of(env.text("API_PACE", "600/minute"))  # of each token, and of each person's sessions
HOOKS_ON_LOOPBACK = env.yes("HOOKS_ON_LOOPBACK", DEBUG)  # webhooks may call this machine, and without TLS
REST_FRAMEWORK = rest_framework(behind_a_proxy=TRUST_PROXY)

# --- What is written down

LOG_LEVEL = env.choice("LOG_LEVEL", "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))
LOGGING = written_down(LOG_LEVEL, env.choice("LOG_FORMAT", "line", FORMS), has_workers=bool(CELERY_BROKER_URL))
DJANGO_GUID = request_ids(has_workers=bool(CELERY_BROKER_URL))
SLOW_QUERY_MS = env.number("SLOW_QUERY_MS", 500)  # a question that takes longer is noted; 0: none is
METRICS_TOKEN = env.text("METRICS_TOKEN")  # who shows it may read /metrics; without one nobody may
