"""Where lines are written down, and what never stands in one: a calendar's secret address, a program's token.

Never knows Django, which reads it while it starts.
"""

import logging
import re

SECRETS = ((re.compile(r"(/calendar/)[^/\s\"']+(\.ics)"), r"\1…\2"), (re.compile(r"\bur_[\w-]{20,}"), "ur_…"))


class WithoutSecrets(logging.Filter):
    """Lets every line through, with the secrets in it struck out."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = told = record.getMessage()
        for secret, instead in SECRETS:
            told = secret.sub(instead, told)
        if told != said:
            record.msg, record.args = told, ()
        return True


def written_down(level: str) -> dict:
    """Where each line goes: all of them to the console, from this level on."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
        "filters": {"secrets": {"()": "unionrelations.logs.WithoutSecrets"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "gunicorn.access": {"handlers": ["console"], "level": "INFO", "propagate": False},  # silent until asked for
        },
    }
