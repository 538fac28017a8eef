"""The Celery application: configured by the `CELERY_…` settings, its tasks in `unionrelations.tasks`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionrelations.settings")

app = Celery("unionrelations")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["unionrelations"])
