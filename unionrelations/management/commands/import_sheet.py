"""`import_sheet`: reads a spreadsheet for a union and says what it would do, or does it."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from unionrelations.accounts.models import Union
from unionrelations.catalogue import ENTITIES
from unionrelations.importing.mending import write_refused
from unionrelations.importing.plan import VERDICTS, Asked, Line, Plan, read_plan
from unionrelations.importing.writing import NotWritten, write
from unionrelations.kit.acts import Way, doing
from unionrelations.kit.importing import Context
from unionrelations.kit.spreadsheets import Unreadable


class Command(BaseCommand):
    help = "Reads a spreadsheet of a union's records. Without --apply it only says what it would do."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="a .xlsx, .xls, .ods or .csv file")
        parser.add_argument("--union", required=True, metavar="CODE", help="code of the union whose records they are")
        parser.add_argument("--entity", metavar="SLUG", default="", help="what the rows are, such as delegations")
        parser.add_argument("--apply", action="store_true", help="store the rows that are not refused")
        parser.add_argument(
            "--whole", action="store_true", help="with --apply: store all rows, or none where one is refused"
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument(
            "--errors", type=Path, metavar="FILE", help="write the refused rows there, with comments (.xlsx)"
        )
        parser.add_argument("--lang", choices=("vi", "en"), default="vi")
        self.parser = parser

    def handle(self, **options):
        with translation.override(options["lang"]):
            union = Union.objects.filter(code=options["union"]).first()
            if union is None:
                raise CommandError(_("There is no union “%(code)s”.") % {"code": options["union"]})
            known = [one.slug for one in ENTITIES if one.importers]
            if options["entity"] and options["entity"] not in known:
                self.parser.error(_("--entity is one of: %(known)s.") % {"known": ", ".join(known)})
            if options["errors"] and options["errors"].suffix.lower() != ".xlsx":
                self.parser.error(_("--errors names an .xlsx file."))
            content = self._content(options["file"])
            plan = self._plan(content, options["file"].name, union, options["entity"])
            if options["apply"]:
                try:
                    with doing(Way.IMPORT, options["file"].name):
                        write(plan, only_good=not options["whole"])
                except NotWritten as why:
                    raise CommandError(str(why)) from None
            if options["errors"]:
                self._write_errors(plan, content, options["errors"])
            self._say(plan, options["format"])

    @staticmethod
    def _content(path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as why:
            raise CommandError(
                _("“%(file)s” cannot be read: %(why)s.") % {"file": path, "why": why.strerror or why}
            ) from None

    @staticmethod
    def _plan(content: bytes, name: str, union: Union, entity: str) -> Plan:
        code = f"sheet-{hashlib.sha256(content).hexdigest()[:16]}"
        context = Context(union=union, today=timezone.localdate(), file_name=name, file_code=code)
        try:
            return read_plan(content, name, context, Asked(entity))
        except Unreadable as why:
            raise CommandError(" ".join(str(why).split())) from None

    @staticmethod
    def _write_errors(plan: Plan, content: bytes, path: Path) -> None:
        try:
            path.write_bytes(write_refused(plan, content))
        except OSError as why:
            raise CommandError(
                _("“%(file)s” cannot be written: %(why)s.") % {"file": path, "why": why.strerror or why}
            ) from None

    def _say(self, plan: Plan, form: str) -> None:
        if form == "json":
            told = plan.counts | {
                "notes": plan.notes,
                "partners": sorted(plan.new_names.values()),
                "rows": [_as_json(one) for one in plan.lines],
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        labels = {
            "new": _("new"),
            "changed": _("changed"),
            "unchanged": _("unchanged"),
            "refused": _("refused"),
        }
        counts = ", ".join(f"{labels[one]}: {plan.counts[one]}" for one in VERDICTS)
        self.stdout.write(_("rows read: %(n)d; %(counts)s") % {"n": plan.counts["read"], "counts": counts})
        for words in (
            *plan.notes,
            *(_("new partner: %(name)s") % {"name": one} for one in sorted(plan.new_names.values())),
        ):
            self.stdout.write(f"  {words}")
        for line in plan.lines:
            for one in line.problems:
                place = _("row %(row)d, %(column)s: “%(value)s”") % {
                    "row": line.row.number, "column": one.column, "value": one.value,
                }  # fmt: skip
                hint = _("Perhaps: %(suggestion)s") % {"suggestion": one.suggestion} if one.suggestion else ""
                self.stdout.write(f"  {place}: {one.reason} {hint}".rstrip())
        sys.stdout.flush()


def _as_json(line: Line) -> dict:
    draft = line.drafts[0]
    return {
        "row": line.row.number,
        "sheet": line.table.sheet,
        "entity": line.entity.slug,
        "verdict": line.verdict,
        "problems": [
            {"column": one.column, "value": one.value, "reason": one.reason, "suggestion": one.suggestion}
            for one in line.problems
        ],
        "changes": [{"column": one.label, "before": one.before, "after": one.after} for one in draft.differences],
        "alike": [{"record": one.label, "address": one.address} for one in draft.alike],
    }
