"""What reports keep: work that takes long, and reports that were signed. Never a number anew: signed ones stay."""

from .signed import Kept, NotNow, TermReport
from .signed_files import SignedFile
from .work import AuditRun, ReportFile, StillAtWork, Work

__all__ = ["AuditRun", "Kept", "NotNow", "ReportFile", "SignedFile", "StillAtWork", "TermReport", "Work"]
