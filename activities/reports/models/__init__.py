"""What reports keep: work that takes long, and organisations' own templates. Never a number: reports count anew."""

from .templates import ReportTemplate
from .work import AuditRun, ReportFile, StillAtWork, Work

__all__ = ["AuditRun", "ReportFile", "ReportTemplate", "StillAtWork", "Work"]
