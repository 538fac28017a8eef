"""`restore`: brings a backup back, all of it or nothing; every row, file and figure is compared before it counts."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from unionrelations.backups.refusals import Refused
from unionrelations.backups.restoring import restore


class Command(BaseCommand):
    help = "Brings a backup back into this database and folder of files, which may be of the other kind."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="also where records are: those of the backup stay")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, file, replace, format, **options):
        try:
            done = restore(file, replace=replace)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except (OSError, DatabaseError) as error:
            raise CommandError(
                _("Nothing was restored: %(why)s.") % {"why": str(error).strip().splitlines()[0]}
            ) from error
        if format == "json":
            self.stdout.write(json.dumps(done.contents.as_json()))
            return
        numbers = {
            "rows": done.contents.rows,
            "files": done.contents.files.rows,
            "figures": done.contents.figures.weight,
        }
        self.stdout.write(_("%(rows)s rows and %(files)s files are back; %(figures)s figures counted anew.") % numbers)
        if done.otherwise:
            said = ngettext(
                "This release counts %(n)s report otherwise than the one that made the backup: see the change log.",
                "This release counts %(n)s reports otherwise than the one that made the backup: see the change log.",
                done.otherwise,
            )
            self.stdout.write(said % {"n": done.otherwise})
