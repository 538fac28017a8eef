"""`verify_backup`: tries a backup out, in an empty place of its own or in an empty database that is named."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from unionrelations.backups.refusals import Refused
from unionrelations.backups.trying import try_out


class Command(BaseCommand):
    help = "Restores a backup into an empty place and compares every row, file and figure."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--into", default="", metavar="DATABASE_URL", help="an empty database, which keeps the records afterwards"
        )

    def handle(self, *, file, into, **options):
        try:
            found = try_out(file, database=into)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            _("The backup is sound: %(rows)s rows, %(files)s files and %(figures)s figures are as they were.")
            % {"rows": found.rows, "files": found.files.rows, "figures": found.figures.weight}
        )
