"""What we did, with whom, and when. Never knows how it is reported."""

from .activities import Activity
from .conferences import Conference
from .costs import Cost
from .courses import Course
from .delegations import Delegation
from .documents import SourceDocument, SourceLink
from .figures import Proposal, ReportedFigure
from .follow_ups import FollowUp
from .gaps import GapExplanation
from .people import Member, Paper
from .plans import Plan, PlanLine
from .roles import ActivityCountry, PartnerRole, UnionRole
from .scope import ActivityScope
from .terms import Term

__all__ = [
    "Activity",
    "ActivityCountry",
    "ActivityScope",
    "Conference",
    "Cost",
    "Course",
    "Delegation",
    "FollowUp",
    "GapExplanation",
    "Member",
    "Paper",
    "PartnerRole",
    "Plan",
    "PlanLine",
    "Proposal",
    "ReportedFigure",
    "SourceDocument",
    "SourceLink",
    "Term",
    "UnionRole",
]
