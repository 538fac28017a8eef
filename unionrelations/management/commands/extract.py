"""`extract`: the figures a report's text tells, as text or JSON. Stores nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from charset_normalizer import from_bytes
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from activities.models import ReportedFigure
from activities.models.figures import Indicates
from activities.prose import Told, ToldActivity, ToldFigure, UnionNames, as_json, read_report
from unionrelations.accounts.models import Union
from unionrelations.kit import texts
from unionrelations.kit.windows import between, in_words


class Command(BaseCommand):
    help = "The figures of external activity that a report's text tells."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="a text file, or - to read what is piped in")
        parser.add_argument("--union", help="code of the union that reports, where the text names none")
        parser.add_argument("--format", choices=("text", "json"), default="text")
        parser.add_argument("--lang", choices=("vi", "en"), default="vi")

    def handle(self, **options):
        with translation.override(options["lang"]):
            text = text_of(options["file"])
            unions = _unions()
            if options["union"] and options["union"] not in {one.code for one in unions}:
                raise CommandError(_("No union has the code “%(code)s”.") % {"code": options["union"]})
            told = read_report(text, unions=UnionNames.of(unions), default_union=options["union"])
            written = _as_json(told) if options["format"] == "json" else "\n".join(_lines(told))
            sys.stdout.buffer.write(f"{written}\n".encode())
            sys.stdout.flush()


def _unions() -> list[Union]:
    """Every union there is; none on a database that has no tables yet, for a text is read there too."""
    try:
        return list(Union.objects.all())
    except DatabaseError:
        return []


def text_of(file: str) -> str:
    """The text of a file, or of what is piped in. Raises CommandError with the reason where it cannot be read."""
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as failure:
        raise CommandError(_("Cannot read %(file)s: %(why)s") % {"file": file, "why": failure.strerror}) from None
    if not texts.is_plain(raw):
        try:
            return texts.text_of(raw, Path(file).name)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    guessed = None if b"\0" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")) else from_bytes(raw).best()
    if guessed is None:
        raise CommandError(
            _("%(file)s is not a text file. Save the document as plain text (UTF-8) and give that.") % {"file": file}
        )
    return str(guessed)


def _as_json(told: Told) -> str:
    return json.dumps(as_json(told), ensure_ascii=False, indent=1)


def _lines(told: Told) -> Iterator[str]:
    yield _("%(n)s figures read") % {"n": number_format(len(told.figures))}
    for place, one in enumerate(told.figures, 1):
        yield f"{place}. " + _figure(one)
    if told.activities:
        yield ""
        yield _("Single activities told of:")
        yield from (f"– {_activity(one)}" for one in told.activities)


def _figure(one: ToldFigure) -> str:
    parts = [
        f"{Indicates(one.indicator).label}: {_bounds(one)} “{one.words}”",
        between(one.period.first, one.period.last) if one.period else _("period not stated"),
        one.union or one.organisation or _("union not stated"),
    ]
    if one.subset_of is not None:
        parts.append(_("part of %(n)d") % {"n": one.subset_of + 1})
    if one.planned:
        parts.append(_("planned"))
    if one.doubt:
        parts.append(_("check: %(doubt)s") % {"doubt": one.doubt})
    return "; ".join(parts)


def _bounds(one: ToldFigure) -> str:
    qualifier = ReportedFigure.Qualifier(one.qualifier)
    number = one.high if one.low is None else one.low
    if number is None:
        return str(qualifier.label)
    shown = number_format(number)
    return shown if qualifier == ReportedFigure.Qualifier.EXACT else f"{qualifier.label} {shown}"


def _activity(one: ToldActivity) -> str:
    when = in_words(one.starts_on, one.ends_on, one.precision) if one.starts_on else _("date not stated")
    return "; ".join(filter(None, (one.title, when, one.place, one.union or one.organisation or "")))
