"""`report`: the report of a union for a term or a period, as text, JSON or a file."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from activities.models import Term
from activities.reports.composing import compose
from activities.reports.published import Published
from activities.reports.reports import Report
from unionrelations.accounts.models import Union
from unionrelations.kit.periods import Period
from unionrelations.kit.writers import FORMATS, TemplateFault

FILES = ("xlsx", "docx", "pdf")


class Command(BaseCommand):
    help = "The report of a union for a term or period."

    def add_arguments(self, parser):
        parser.add_argument("union", help="code of the union, such as vuit")
        parser.add_argument("--term", help="name of the term, such as 2018-2023")
        parser.add_argument("--from", dest="first", metavar="DAY", help="such as 2023-01-01")
        parser.add_argument("--to", dest="last", metavar="DAY")
        parser.add_argument("--under", action="store_true", help="with the unions below, each activity once")
        parser.add_argument("--format", choices=("text", "json", *FILES), default="text")
        parser.add_argument("--lang", choices=("vi", "en"), default="vi")
        parser.add_argument("--output", type=Path, metavar="FILE")
        self.parser = parser

    def handle(self, **options):
        with translation.override(options["lang"]):
            if bool(options["term"]) == bool(options["first"]):
                self.parser.error(_("Give either --term or --from, with --to where the period ends."))
            if options["term"] and options["last"]:
                self.parser.error(_("--to goes with --from; a term has its own last day."))
            days = {name: self._day(options[name]) for name in ("first", "last")}
            report = self._report(**options | days)
            self._put(self._written(report, options["format"]), options["output"])

    def _day(self, typed: str | date | None) -> date | None:
        """Read here and not by the parser, which would refuse it in words of its own."""
        if not isinstance(typed, str):
            return typed
        try:
            return date.fromisoformat(typed)
        except ValueError:
            refusal = _("“%(typed)s” is not a day. Write it as year-month-day, such as 2023-02-28.")
            return self.parser.error(refusal % {"typed": typed})

    def _report(self, *, union, term, first, last, under, **options) -> Report:
        try:
            found = Union.objects.get(code=union.lower())
        except Union.DoesNotExist:
            raise CommandError(_("No union has the code “%(code)s”.") % {"code": union}) from None
        if first:
            if last and last < first:
                raise CommandError(_("The period ends before it begins."))
            return Report.of_days(found, Period(first, last), under=under)
        terms = {one.name: one for one in Term.objects.of(found)}
        name = term.replace("–", "-")  # as pages print it
        if name not in terms:
            known = ", ".join(terms) or _("none")
            raise CommandError(
                _("%(union)s has no term “%(term)s”; it reports by: %(known)s.")
                % {"union": found, "term": term, "known": known}
            )
        return Report.of_term(found, terms[name], under=under)

    def _written(self, report: Report, form: str) -> bytes:
        if form == "json":
            return (json.dumps(report.as_json(), ensure_ascii=False, indent=1) + "\n").encode()
        if form in FILES:
            try:
                return FORMATS[form].write(compose(report))
            except TemplateFault as fault:
                raise CommandError(str(fault)) from None
        return ("\n".join(_lines(report)) + "\n").encode()

    def _put(self, written: bytes, output: Path | None) -> None:
        if output is None:
            sys.stdout.buffer.write(written)
            sys.stdout.flush()
            return
        try:
            output.write_bytes(written)
        except OSError as failure:
            raise CommandError(
                _("Cannot write %(file)s: %(why)s") % {"file": output, "why": failure.strerror}
            ) from None


def _lines(report: Report):
    yield f"{report.union}. {report.title}"
    yield report.period_text
    yield ""
    yield report.narrative
    yield ""
    for figure in report.figures:
        doubt = _(", undetermined: %(n)s") % {"n": _shown(figure.undetermined)} if figure.undetermined != 0 else ""
        yield f"{figure.indicator.label}: {_shown(figure.logged)}{doubt}"
        for one in figure.reported:
            gap = "" if one.gap is None else _(", gap %(n)s") % {"n": number_format(one.gap)}
            yield _("    published “%(printed)s” for %(period)s, logged then %(n)s%(gap)s [%(source)s]") % {
                "printed": one.figure.printed,
                "period": one.figure.period_printed,
                "n": _shown(one.logged_in_period),
                "gap": gap,
                "source": one.figure.document,
            }
            yield from _explained(one)


def _explained(one: Published):
    """What people said of a gap, and who gives another number."""
    for part in one.explanations:
        yield _("        explained %(number)s, %(reason)s: %(note)s") % {
            "number": part.signed,
            "reason": part.get_reason_display(),
            "note": part.note,
        }
    if one.explanations and one.unexplained is not None:
        yield _("        not explained %(n)s") % {"n": number_format(one.unexplained)}
    for other in one.conflicts:
        yield _("        another source gives “%(printed)s” [%(source)s]") % {
            "printed": other.printed,
            "source": other.document,
        }


def _shown(number: int | None) -> str:
    return _("not known") if number is None else number_format(number)
