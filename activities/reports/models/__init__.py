"""What reports keep: work that takes long, templates, signed reports, duplicates and merges. Never a number anew."""

from .merges import MERGEABLE, OF_ACTIVITIES, Distinct, DuplicateSearch, Merge, Suspicion
from .notices import Digest, Notice
from .paper_templates import PaperTemplate
from .signed import Kept, NotNow, TermReport
from .signed_files import SignedFile
from .templates import ReportTemplate
from .work import AuditRun, ReportFile, StillAtWork, Work

__all__ = [
    "MERGEABLE",
    "OF_ACTIVITIES",
    "AuditRun",
    "Digest",
    "Distinct",
    "DuplicateSearch",
    "Kept",
    "Merge",
    "NotNow",
    "Notice",
    "PaperTemplate",
    "ReportFile",
    "ReportTemplate",
    "SignedFile",
    "StillAtWork",
    "Suspicion",
    "TermReport",
    "Work",
]
