"""Loads the first records. Running it again changes nothing: `unionrelations.seeding` says what counts as there."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from unionrelations.kit.acts import Way, doing
from unionrelations.kit.alone import alone
from unionrelations.seeding import Fixtures, Refused


class Command(BaseCommand):
    help = "Loads the fixtures, leaving what is already there as it is, and says what it loaded."

    def add_arguments(self, parser):
        parser.add_argument(
            "--folder", type=Path, default=settings.BASE_DIR / "fixtures", help="where the fixture files lie"
        )

    def handle(self, *args, folder, **options):
        try:
            with alone(connection, "seed"), doing(Way.SEED):
                loaded = Fixtures(folder).load()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for kind, tally in loaded.items():
            self.stdout.write(
                _("%(kind)s: %(new)d new, %(there)d already there")
                % {"kind": kind._meta.verbose_name_plural, "new": tally.new, "there": tally.there}
            )
