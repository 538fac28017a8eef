"""One file, read top to bottom. Whatever differs between machines comes from the environment (see `.env.example`)."""

import os
from datetime import timedelta
from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

from unionrelations.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent

# --- The environment: the process's own variables win over `.env`, and an empty one counts as missing.

env = Environment(os.environ.get("ENV_FILE") or BASE_DIR / ".env")

DEBUG = env.yes("DEBUG", False)
HTTPS = env.yes("HTTPS", not DEBUG)
TRUST_PROXY = env.yes("TRUST_PROXY", False)  # true only where a proxy of ours sets the X-Forwarded headers
ALLOWED_HOSTS = env.texts("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR))).resolve()  # database file, uploads and secret key of one machine


def kept_secret_key(file):
    """The secret key of a machine that nobody configured: made once, readable by its owner alone."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(get_random_secret_key())
        try:
            os.link(draft, file)  # atomic: of several processes starting together, all read the first one's key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text()


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
    "django_filters",
    "django_tables2",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
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
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "unionrelations.web.middleware.ReaderLanguage",
    "unionrelations.web.middleware.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "unionrelations.web.middleware.NoNullCharacters",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
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

# --- The database: PostgreSQL where one is given, otherwise SQLite in a file

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if "DATABASE_URL" in env:
    DATABASES = {"default": env.database("DATABASE_URL")}
else:
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "db.sqlite3"}}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue from their first statement on, instead of failing half-way; readers never wait.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    # Kept connections tripled the requests per second. Compiling queries (jit) made none of ours faster.
    DATABASES["default"] |= {"CONN_MAX_AGE": env.number("CONN_MAX_AGE", 60), "CONN_HEALTH_CHECKS": True}
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")

# --- Who may enter

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "unionrelations.accounts.roles.RoleBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"

AXES_FAILURE_LIMIT = 5
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # an outsider must not lock a colleague out everywhere
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "errors/locked.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_VERBOSE = False  # no greeting on the stderr of every command
if TRUST_PROXY:

    def nearest_address(request):
        """Whom our proxy spoke to: the last address it added, since earlier ones are the sender's own claim."""
        return request.META.get("HTTP_X_FORWARDED_FOR", request.META["REMOTE_ADDR"]).rpartition(",")[2].strip()

    AXES_CLIENT_IP_CALLABLE = nearest_address

# --- The wire

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 365 * 24 * 3600) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUST_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W021",  # the preload list of browsers binds a whole domain, which is not ours to do
    "models.W040",  # SQLite keeps the index without its further columns: slower there, never wrong
]

# Nothing inline, nothing from elsewhere. `data:` is for the small drawings inside Tabler's style sheet.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

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
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "unionrelations.static_files.StaticFiles"
        if STATIC_COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not STATIC_COLLECTED
WHITENOISE_AUTOREFRESH = not STATIC_COLLECTED
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

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
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"visibility_timeout": TASK_VISIBILITY_TIMEOUT, "unacked_restore_throttle": 1}
    if CELERY_BROKER_URL.startswith("redis")
    else {}
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200  # documents leave memory behind
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {"audit": {"task": "unionrelations.tasks.audit", "schedule": crontab(hour=2, minute=30)}}

# --- Lists and the API

FILTERS_EMPTY_CHOICE_LABEL = _("All")
TRIP_REPORT_DAYS = env.number("TRIP_REPORT_DAYS", 15)  # after a delegation is back; then its report is late
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["unionrelations.api.permissions.ModelPermissions"],
    "DEFAULT_FILTER_BACKENDS": ["unionrelations.api.filters.SpansBackend"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
    "NUM_PROXIES": 1 if TRUST_PROXY else 0,  # whose word about a sender's address is taken where requests are counted
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],  # the browsable pages need inline scripts
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Union Relations",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "ENABLE_DJANGO_DEPLOY_CHECK": False,  # says how well the schema reads, not how safe the server is: see `make check`
    "ENUM_NAME_OVERRIDES": {"ActivityKindEnum": "activities.models.activities.Activity.Kind"},
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# --- What is written down

LOG_LEVEL = env.choice("LOG_LEVEL", "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"secrets": {"()": "unionrelations.logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "gunicorn.access": {"handlers": ["console"], "level": "INFO", "propagate": False},  # silent unless switched on
    },
}
