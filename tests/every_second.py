"""A house whose schedule holds one task, due each second, for tests that start several beats."""

from unionrelations.celery import app

app.conf.beat_schedule = {"pulse": {"task": "tests.worker_tasks.say", "schedule": 1.0}}
app.conf.beat_max_loop_interval = 0.2
