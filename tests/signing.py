"""A report brought as far as a test needs it: drafted, submitted, signed."""

import datetime as dt

from activities.reports.models import TermReport
from activities.reports.reports import Report
from activities.reports.signing import draft, report_of, seen_as, sign
from tests import factories as make

NOW = dt.datetime(2026, 3, 1, 8, 30, tzinfo=dt.UTC)


def drafted_report(report: Report, by=None, language="vi") -> TermReport:
    return draft(report, by or make.UserFactory(union=report.union), NOW, language)


def submitted_report(report: Report, by=None, **more) -> TermReport:
    row = drafted_report(report, by, **more)
    row.submit(row.drafted_by, NOW)
    return row


def signed_report(report: Report, by=None, **more) -> TermReport:
    row = submitted_report(report, by, **more)
    sign(row, row.drafted_by, NOW, seen_as(row, report_of(row)))
    return TermReport.objects.get(pk=row.pk)
