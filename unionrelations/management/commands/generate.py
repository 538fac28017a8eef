"""`generate`: a large synthetic data set for measuring, the same for the same seed. Refused where records are held."""

import argparse
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from unionrelations.generating import DataSet, NotEmpty, Size
from unionrelations.generating.data_set import countries_in

COUNTRIES = settings.BASE_DIR / "fixtures" / "01_countries.yaml"


def at_least(least: int):
    def number(words: str) -> int:
        if not words.isdecimal() or int(words) < least:
            raise argparse.ArgumentTypeError(_("a whole number, %(least)d or more") % {"least": least})
        return int(words)

    return number


class Command(BaseCommand):
    help = "Fills an empty database with synthetic records for measuring; the same seed gives the same ones."

    def add_arguments(self, parser):
        parser.add_argument("--activities", type=at_least(1), required=True, metavar="N")
        parser.add_argument("--unions", type=at_least(1), required=True, metavar="M")
        parser.add_argument("--seed", type=at_least(0), default=1, metavar="S")

    def handle(self, *, activities, unions, seed, **options):
        started, size = time.monotonic(), Size(activities, unions)
        said = 0

        def told(done: int) -> None:
            nonlocal said
            percent = done * 100 // activities
            if percent >= said + 5 or done == activities:
                said = percent
                self.stdout.write(_("%(done)d of %(all)d activities") % {"done": done, "all": activities})
                self.stdout.flush()

        try:
            DataSet(size, seed).store(countries_in(COUNTRIES.read_text(encoding="utf-8")), told)
        except NotEmpty as kind:
            raise CommandError(
                _("This database holds records (%(kind)s): generate fills only an empty one.") % {"kind": kind}
            ) from kind
        self.stdout.write(
            _("Stored in %(seconds)d s, with %(unions)d unions and %(partners)d partners.")
            % {"seconds": time.monotonic() - started, "unions": unions, "partners": size.partners}
        )
