"""Where lines are written down, and what never stands in one: the secret address of a calendar.

Never knows Django, which reads it while it starts.
"""

import logging
import re

SECRET = re.compile(r"(/calendar/)[^/\s\"']+(\.ics)")


class WithoutSecrets(logging.Filter):
    """Lets every line through, with the secret struck out of the addresses it names."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if SECRET.search(said):
            record.msg, record.args = SECRET.sub(r"\1…\2", said), ()
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
