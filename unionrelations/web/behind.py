"""What the head of a list says when the list was opened from a number. Never counts: the finding did."""

from __future__ import annotations

from functools import cached_property

from activities.reports.evidence import Evidence


class Behind:
    def __init__(self, evidence: Evidence):
        self.evidence = evidence
        self.report = evidence.report

    @cached_property
    def _finding(self):
        return self.evidence.finding()

    @property
    def label(self) -> str:
        return self.evidence.label

    @property
    def certainty(self) -> str:
        return "undetermined" if self.evidence.undetermined else "logged"

    @property
    def value(self) -> int | None:
        return self._finding.undetermined if self.evidence.undetermined else self._finding.logged

    @property
    def unknown(self) -> int:
        return 0 if self.evidence.undetermined else self._finding.unknown_people

    @property
    def counterpart_count(self) -> int | None:
        return self._finding.logged if self.evidence.undetermined else self._finding.undetermined

    @property
    def counterpart_url(self) -> str:
        return self.evidence.url(undetermined=not self.evidence.undetermined)

    @property
    def union(self):
        return self.report.union

    @property
    def period_text(self) -> str:
        return self.report.period_text

    @property
    def report_url(self) -> str:
        return self.report.url
