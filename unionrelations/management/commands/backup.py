"""`backup`: everything the house keeps, database and files, in one sealed file that was tried out by restoring it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from unionrelations.backups import sealing
from unionrelations.backups.models import Backup
from unionrelations.backups.refusals import Refused
from unionrelations.tasks import back_up


class Command(BaseCommand):
    help = "Puts database and files into one sealed file, and tries it out by restoring it into an empty place."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="where to; without it, into the folder of backups")
        parser.add_argument("--new-key", action="store_true", help="only makes a key for BACKUP_KEY and prints it")

    def handle(self, *, file, new_key: bool, **options):
        if new_key:
            self.stdout.write(sealing.new_key())
            return
        try:
            sealing.keys()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        row = Backup(file=str(file.resolve()) if file else "")
        row.save()
        back_up.apply(args=[row.pk])
        row.refresh_from_db()
        if row.state != Backup.State.DONE:
            raise CommandError(row.error or _("The backup did not finish."))
        self.stdout.write(
            _("%(file)s: %(rows)s rows, %(files)s files, %(size)s; restored elsewhere, all %(figures)s figures agree.")
            % {
                "file": row.file,
                "rows": row.rows,
                "files": row.files,
                "size": filesizeformat(row.size or 0),
                "figures": row.figures,
            }
        )
        if row.missing:
            self.stderr.write(
                _("Files named by a record but not on the disk: %(n)s. See check_files.") % {"n": row.missing}
            )
