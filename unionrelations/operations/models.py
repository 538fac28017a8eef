"""What all processes of the house must know together while it runs. Never a record, and in no backup."""

from __future__ import annotations

from django.conf import settings
from django.db import connection, models

# How far the log of the primary is written, in bytes: with what is not on its disk yet, and without.
HERE = "pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint"
KEPT = "pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::bigint"


class LastWriteQuerySet(models.QuerySet):
    def note(self, person: int) -> None:
        """Whatever this account has written up to now lies before the position noted. PostgreSQL alone.

        Of two requests that note at once the later one waits, and reads the position after that.
        """
        table = connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (person_id, position) SELECT id, {HERE} FROM accounts_user WHERE id = %s"  # noqa: S608
                f" ON CONFLICT (person_id) DO UPDATE SET position = {HERE}",
                [person],
            )

    def position_and_now(self, person: int) -> tuple[int, int]:
        """How far the log must be read to hold what this account wrote (0: nothing), and how far it is kept."""
        table = connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as cursor:
            own = f"SELECT position FROM {table} WHERE person_id = %s"  # noqa: S608
            cursor.execute(f"SELECT COALESCE(({own}), 0), {KEPT}", [person])
            return cursor.fetchone()


class LastWrite(models.Model):
    """Where in the log of the primary the last write of an account ends, in bytes since its beginning."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    position = models.BigIntegerField()

    objects = LastWriteQuerySet.as_manager()

    class Meta:
        verbose_name = "last write"
        verbose_name_plural = "last writes"

    def __str__(self):
        return f"{self.person_id}: {self.position}"


class ScheduledTask(models.Model):
    """When a task of the schedule was last sent, by whichever beat came first."""

    name = models.CharField(max_length=100, primary_key=True)
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name = "scheduled task"
        verbose_name_plural = "scheduled tasks"

    def __str__(self):
        return self.name
