"""`check_files`: compares stored files with the rows that name them; exit code 1 where one is missing or changed."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from unionrelations.kit.shelf import look_through


class Command(BaseCommand):
    help = "Compares stored files with the rows that name them: missing, changed, or named by none."

    def add_arguments(self, parser):
        parser.add_argument(
            "--clean", action="store_true", help="takes away files found without a row for more than a day"
        )

    def handle(self, **options):
        found = look_through(timezone.now(), clean=options["clean"])
        for said, lines in (
            (_("missing: %(what)s"), found.missing),
            (_("changed: %(what)s"), found.changed),
            (_("named by no row: %(what)s"), found.orphans),
            (_("taken away: %(what)s"), found.removed),
        ):
            for line in lines:
                self.stdout.write(said % {"what": line})
        numbers = {"missing": len(found.missing), "changed": len(found.changed), "orphans": len(found.orphans)}
        if not found.is_sound:
            raise CommandError(
                _("Of the files, %(missing)s are missing, %(changed)s changed, %(orphans)s named by no row.") % numbers
            )
        self.stdout.write(_("%(n)s files checked; all are as they came.") % {"n": found.checked})
