"""Questions about activities, their sources and plans. Never knows who asks, nor why."""

from .activities import (
    ActivityQuerySet,
    CostQuerySet,
    MemberQuerySet,
    OverstepQuerySet,
    RoleQuerySet,
    StepQuerySet,
    UnionRoleQuerySet,
)
from .documents import (
    GapExplanationQuerySet,
    ProposalQuerySet,
    ReportedFigureQuerySet,
    SourceDocumentQuerySet,
    SourceLinkQuerySet,
)
from .papers import DocumentFileQuerySet, PaperQuerySet
from .plans import (
    OfPlanLineQuerySet,
    PlanEventQuerySet,
    PlanLineQuerySet,
    PlanQuerySet,
    RealisationQuerySet,
    RuleSetQuerySet,
    TermQuerySet,
)
from .scope_columns import scope_columns
from .scopes import ActivityScopeQuerySet, ScopeChangeQuerySet
from .talks import (
    AttendanceQuerySet,
    CarriedOutQuerySet,
    FollowUpQuerySet,
    InterpretingQuerySet,
    ProgrammeQuerySet,
    TalkQuerySet,
)

__all__ = [
    "ActivityQuerySet",
    "ActivityScopeQuerySet",
    "AttendanceQuerySet",
    "CarriedOutQuerySet",
    "CostQuerySet",
    "DocumentFileQuerySet",
    "FollowUpQuerySet",
    "GapExplanationQuerySet",
    "InterpretingQuerySet",
    "MemberQuerySet",
    "OfPlanLineQuerySet",
    "OverstepQuerySet",
    "PaperQuerySet",
    "PlanEventQuerySet",
    "PlanLineQuerySet",
    "PlanQuerySet",
    "ProgrammeQuerySet",
    "ProposalQuerySet",
    "RealisationQuerySet",
    "ReportedFigureQuerySet",
    "RoleQuerySet",
    "RuleSetQuerySet",
    "ScopeChangeQuerySet",
    "SourceDocumentQuerySet",
    "SourceLinkQuerySet",
    "StepQuerySet",
    "TalkQuerySet",
    "TermQuerySet",
    "UnionRoleQuerySet",
    "scope_columns",
]
