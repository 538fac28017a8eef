"""Which report an address asks for, and having a file of one made. Never counts: the report does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404

from activities.models import Term
from activities.reports.addresses import OF_REPORT, read
from activities.reports.comparing import With, beside_union, compared
from activities.reports.models import ReportFile
from activities.reports.reports import Report
from unionrelations.accounts.models import Union
from unionrelations.tasks import write_report_file

FILE_FORMATS = ("xlsx", "docx", "pdf")
OTHER = "union"  # the word for a comparison with another union


def union_of(user, code: str) -> Union:
    return get_object_or_404(Union.objects.visible_to(user), code=code)


def term_of(user, union: Union, name: str) -> Term:
    """One of the terms the union reports by: its own or, where it has none, those of the nearest union above."""
    for one in Term.objects.visible_to(user).of(union):
        if one.name == name:
            return one
    raise Http404(name)


def report_asked(user, asked: Mapping[str, str], union: Union, term: Term | None, today: date) -> tuple[Report, str]:
    """The report an address asks for, and what it is compared with, in the form's words.

    Raises Unanswerable, with the sentence to show, where a part of it cannot be read.
    """
    unions = Union.objects.visible_to(user)
    question = read(asked, OF_REPORT, union, unions, period=term.period if term else None, today=today)
    report, word = Report(question, term=term), asked.get("compare", "")
    if not word:
        return report, ""
    if word in With.values:
        report.compared_with = compared(report, word, list(Term.objects.visible_to(user).of(union)))
        return report, word
    report.compared_with = beside_union(report, union_of(user, word))
    return report, OTHER


def have_made(report: Report, term: Term | None, file_format: str, language: str, user) -> ReportFile:
    """Asks for a file of it, to be made in the background."""
    within = user.union if user.is_narrowed else None
    job = ReportFile.of(
        report.question, term, format=file_format, language=language, asked_by_id=user.pk, within=within
    )
    job.save()
    write_report_file.delay_on_commit(job.pk)
    return job
