"""Where lines are written down, and what never stands in one: a calendar's secret address, a program's token.

Each line bears the number of the request or task it belongs to: the one a proxy gave in X-Request-ID, else a new one,
which the answer says and the tasks it starts go on with. Never knows Django, which reads this while it starts.
"""

import logging
import re

from django_guid.integrations import CeleryIntegration

SECRETS = ((re.compile(r"(/calendar/)[^/\s\"']+(\.ics)"), r"\1…\2"), (re.compile(r"\bur_[\w-]{20,}"), "ur_…"))
FORMS = ("line", "json")


def request_ids(*, has_workers: bool) -> dict:
    """How requests are numbered. Workers go on with the number; a task done at once is part of its request anyway."""
    return {
        "GUID_HEADER_NAME": "X-Request-ID",
        "EXPOSE_HEADER": False,
        "INTEGRATIONS": [CeleryIntegration(use_django_logging=True)] if has_workers else [],
    }


class WithoutSecrets(logging.Filter):
    """Lets every line through, with the secrets in it struck out."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = told = record.getMessage()
        for secret, instead in SECRETS:
            told = secret.sub(instead, told)
        if told != said:
            record.msg, record.args = told, ()
        return True


def written_down(level: str, form: str, *, has_workers: bool) -> dict:
    """Where each line goes: all of them to the console, from this level on, for people or for programs to read.

    Workers say which task began and ended; where a task is done at once, its command or page says so itself.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "{asctime} {levelname} {request_id} {name}: {message}", "style": "{"},
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "fmt": "asctime,levelname,request_id,name,message",
                "style": ",",
                "rename_fields": {"asctime": "at", "levelname": "level"},
                "json_ensure_ascii": False,
            },
        },
        "filters": {
            "secrets": {"()": "unionrelations.logs.WithoutSecrets"},
            "request": {"()": "django_guid.log_filters.CorrelationId", "correlation_id_field": "request_id"},
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": form, "filters": ["secrets", "request"]},
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            **({"celery": {"level": "INFO"}} if has_workers else {}),
            "django_guid": {"level": "WARNING"},
            "gunicorn.access": {"handlers": ["console"], "level": "INFO", "propagate": False},  # silent until asked for
        },
    }
