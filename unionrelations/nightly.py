"""What is done each night, and every few minutes, by the clock of the house.

Read while Django starts, so it knows tasks by name alone.
"""

from celery.schedules import crontab

NIGHTLY = (
    *((0, "lift_restrictions"), (2, "audit"), (3, "find_duplicates"), (4, "tidy_files"), (5, "forget_old")),
    (6, "send_digests"),
)
SCHEDULE = {
    task: {"task": f"unionrelations.tasks.{task}", "schedule": crontab(hour=hour, minute=30)} for hour, task in NIGHTLY
} | {
    # Once a night; again each hour where one was broken off or failed, for whatever was the matter may be over.
    "back_up": {"task": "unionrelations.tasks.back_up", "schedule": crontab(hour="1-5", minute=0)},
    # What no worker heard of, such as while the broker was gone. Nobody need do it twice who comes late.
    "send_waiting": {
        "task": "unionrelations.tasks.send_waiting",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 4 * 60},
    },
    "tell_hooks": {
        "task": "unionrelations.tasks.tell_hooks",
        "schedule": crontab(),  # each minute
        "options": {"expires": 50},
    },
}
