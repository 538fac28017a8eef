"""Union Relations. The Celery application is named here so that `celery -A unionrelations` finds it."""

from unionrelations.celery import app as celery_app

__all__ = ["celery_app"]
