"""`measure_extract`: how well figures are read, on passages marked by hand. Refused below what is asked for."""

from __future__ import annotations

from pathlib import Path

import yaml
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from activities.prose import UnionNames, read_report
from activities.prose.measuring import measure, passages
from unionrelations.accounts.models import Union

LEAST_PRECISION, LEAST_RECALL = 0.97, 0.92


class Command(BaseCommand):
    help = "The share of marked figures that reading finds, and the share of found ones that are right."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, metavar="PATH", help="a file of marked passages, or a folder of such")
        parser.add_argument("--precision", type=float, default=LEAST_PRECISION, help="the least that passes")
        parser.add_argument("--recall", type=float, default=LEAST_RECALL, help="the least that passes")

    def handle(self, *, path, precision, recall, **options):
        names = UnionNames.of(Union.objects.all())
        try:
            score = measure(passages(path), lambda text: read_report(text, unions=names))
        except (OSError, ValueError, yaml.YAMLError) as problem:
            reason = " ".join(str(problem).split())
            raise CommandError(_("The passages cannot be read: %(why)s") % {"why": reason}) from None
        for passage, figure in score.wrong:
            self.stdout.write(f"+ {passage.place}: {_told(figure)}")
        for passage, marked in score.missed:
            self.stdout.write(f"- {passage.place}: {marked.key} {marked.words}")
        self.stdout.write(
            _("%(passages)d passages: precision %(precision).3f, recall %(recall).3f")
            % {"passages": score.passages, "precision": score.precision, "recall": score.recall}
        )
        if score.precision < precision or score.recall < recall:
            raise CommandError(
                _("Less than asked for: precision %(precision).2f, recall %(recall).2f.")
                % {"precision": precision, "recall": recall}
            )


def _told(figure) -> str:
    days = figure.period and f"{figure.period.first}..{figure.period.last or ''}"
    bounds = f"{figure.qualifier} {figure.low} {figure.high}"
    return f"{figure.indicator} {bounds} {days} {figure.union or figure.organisation} {figure.words!r}"
