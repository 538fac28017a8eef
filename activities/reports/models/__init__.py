"""What reports keep: work that takes long, organisations' templates, signed reports. Never a number anew."""

from .signed import Kept, NotNow, TermReport
from .signed_files import SignedFile
from .templates import ReportTemplate
from .work import AuditRun, ReportFile, StillAtWork, Work

__all__ = [
    "AuditRun",
    "Kept",
    "NotNow",
    "ReportFile",
    "ReportTemplate",
    "SignedFile",
    "StillAtWork",
    "TermReport",
    "Work",
]
