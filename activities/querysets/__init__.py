"""Questions about activities, their sources and plans. Never knows who asks, nor why."""

from .activities import (
    ActivityQuerySet,
    CostQuerySet,
    FollowUpQuerySet,
    MemberQuerySet,
    PaperQuerySet,
    RoleQuerySet,
    UnionRoleQuerySet,
)
from .documents import (
    GapExplanationQuerySet,
    ProposalQuerySet,
    ReportedFigureQuerySet,
    SourceDocumentQuerySet,
    SourceLinkQuerySet,
)
from .plans import PlanLineQuerySet, PlanQuerySet, TermQuerySet
from .scopes import ActivityScopeQuerySet

__all__ = [
    "ActivityQuerySet",
    "ActivityScopeQuerySet",
    "CostQuerySet",
    "FollowUpQuerySet",
    "GapExplanationQuerySet",
    "MemberQuerySet",
    "PaperQuerySet",
    "PlanLineQuerySet",
    "PlanQuerySet",
    "ProposalQuerySet",
    "ReportedFigureQuerySet",
    "RoleQuerySet",
    "SourceDocumentQuerySet",
    "SourceLinkQuerySet",
    "TermQuerySet",
    "UnionRoleQuerySet",
]
