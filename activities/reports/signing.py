"""Drafting a report and signing it: what must hold before, and what is frozen by it. Never says who may.

A signature freezes numbers, rows and words in one transaction, and is refused where a second way of counting disagrees
or where the numbers are no longer those the person read.
"""

from __future__ import annotations

import json
from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from activities.models import GapExplanation, ReportedFigure
from unionrelations.accounts.models import Union, User

from .audit import check, touching
from .identities import disagreeing, identities
from .kept import canonical, sha256_of
from .models import AuditRun, NotNow, SignedFile, TermReport
from .questions import Question
from .reports import Report

FILE_FORMATS = ("docx", "pdf", "xlsx", "json")


class Hindered(Exception):
    """It cannot be signed now; the text says why. `mends` says that an administrator finds more among the audits."""

    def __init__(self, sentence: str, *, mends: bool = False):
        super().__init__(sentence)
        self.mends = mends


def report_of(row: TermReport) -> Report:
    """What its question gives today."""
    return Report(row.question, term=row.term)


def generated_text(row: TermReport, report: Report) -> str:
    """The text its numbers give today, in its own language. `report` is its, and has not told its story yet."""
    with translation.override(row.language):
        return report.narrative


def draft(report: Report, by: User, now: datetime, language: str) -> TermReport:
    """The draft of a question in a language: the one on its way, or a new one with the generated text.

    Raises NotNow, with its sentence, where readers of the signed report might not see all that it tells of.
    """
    question = report.question
    if _reads_beyond(question):
        raise NotNow(
            _(
                "As organised on that day, the report tells of unions that stand elsewhere. "
                "Sign it as recorded, or sign the report of a union above them all."
            )
        )
    with transaction.atomic():
        _one_at_a_time(question)
        found = TermReport.objects.asking(question).on_the_way().filter(language=language).first()
        if found is not None:
            return found
        with translation.override(language):
            said = Report(question, term=report.term)  # anew: the one at hand may have spoken another language
            made = TermReport(
                **_columns(question),
                term=report.term,
                language=language,
                title=f"{said.title} – {said.union}"[:300],
                text=said.narrative,
                drafted_by=by,
                drafted_at=now,
                changed_by=by,
            )
        made.save()
    return made


def _reads_beyond(question: Question) -> bool:
    """Whether unions are carried on that stand outside the union's own branch."""
    joined = question.today.joined if question.today else ()
    return Union.objects.filter(pk__in=joined).exclude(path__startswith=question.union.path).exists()


def _one_at_a_time(question: Question) -> None:
    """Whoever drafts or signs a report of the same union meanwhile waits here."""
    Union.objects.select_for_update().get(pk=question.union.pk)


def _columns(question: Question) -> dict:
    only = question.only
    return {
        "union": question.union,
        "first_day": question.period.start,
        "last_day": question.period.end,
        "under": question.under,
        "kind": only.kind,
        "mode": only.mode,
        "partner": only.partner,
        "country": only.country,
        "rule": question.rule,
        "organised_on": question.organised_on,
    }


def seen_as(row: TermReport, report: Report) -> str:
    """A short mark of the words and numbers somebody has before them; another where either has changed."""
    numbers = [
        [code, one.logged, one.undetermined, one.unknown_people] for code, one in sorted(report.findings.items())
    ]
    return sha256_of(json.dumps([row.version, numbers]).encode())[:16]


def sign(row: TermReport, by: User, now: datetime, seen: str) -> None:
    """Freezes what was read. `row` is locked by whoever asks; `seen` is what `seen_as` gave the signer.

    Raises NotNow where it was not submitted, Hindered where the numbers are in doubt or not those the signer saw.
    """
    row._must_be(TermReport.State.SUBMITTED)
    with transaction.atomic():
        _one_at_a_time(row.question)
        report = report_of(row)
        with translation.override(row.language):
            rows, figures = _plain(identities(row.question)), _plain(report.as_json())
            frame = _frame(row, report) | {"signed": _step(by, now)}
        _refuse_doubt(row.question, rows)
        if seen_as(row, report) != seen:
            raise Hindered(_("Words or numbers have changed since you opened this page. Read them again, then sign."))
        if disagreeing(rows, figures["figures"]):
            raise Hindered(_("Records are being changed at this very moment. Try again in a minute."))
        row.number = TermReport.objects.asking(row.question).signed().count() + 1
        row.state, row.signed_by, row.signed_at = TermReport.State.SIGNED, by, now
        row.figures, row.rows, row.frame = figures, rows, frame
        row.sha256 = sha256_of(canonical(row))
        row.changed_by = by
        row.save()
        for name in FILE_FORMATS:
            SignedFile.objects.create(report=row, format=name)


def _refuse_doubt(question: Question, rows: dict) -> None:
    """Raises Hindered where the newest audit, or a recount of just these figures, does not agree."""
    mends = _("An administrator finds under “Audits” what does not agree; once mended, run the audit again.")
    last = AuditRun.objects.filter(state=AuditRun.State.DONE).order_by("-finished_at", "-pk").first()
    activities = [one["pk"] for one in rows["records"].values() if one["model"].startswith("activities.")]
    if last is not None and touching(last.mismatches, question, activities):
        found = _("The newest audit found that a figure of this report does not agree with its records.")
        raise Hindered(f"{found} {mends}", mends=True)
    if check(question).mismatches:
        found = _("Counted a second way, a figure of this report does not agree with its records.")
        raise Hindered(f"{found} {mends}", mends=True)


def _frame(row: TermReport, report: Report) -> dict:
    """The names and days that stand on the report, as they are now."""
    published = [printed for one in report.figures for printed in (*one.reported, *one.partly)]
    return {
        "union": str(report.union),
        "superior": str(report.union.parent) if report.union.parent else "",
        "period": report.period_text,
        "term": str(report.term) if report.term else None,
        "drafted": _step(row.drafted_by, row.drafted_at),
        "submitted": _step(row.submitted_by, row.submitted_at),
        "unions": {printed.figure.union.code: printed.figure.union.label for printed in published},
        "rule": report.rule_text,
        "narrowed_to": report.narrowed_to,
        "tells_all": report.tells_all,
        "reasons": {one.value: str(one.label) for one in GapExplanation.Reason},
        "qualifiers": {one.value: str(one.label) for one in ReportedFigure.Qualifier},
    }


def _step(person: User, moment: datetime) -> dict:
    return {"by": person.get_full_name() or person.get_username(), "at": moment.isoformat()}


def _plain(value: dict) -> dict:
    """As it comes back from the database: texts, numbers, lists and nothing else."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
