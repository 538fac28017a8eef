"""What we did, with whom, and when. Never knows how it is reported."""

from .activities import Activity
from .carrying import CarriedOut
from .conferences import Conference
from .costs import Cost
from .courses import Course
from .delegations import Delegation
from .documents import SourceDocument, SourceLink
from .figures import Proposal, ReportedFigure
from .follow_ups import FollowUp
from .gaps import GapExplanation
from .life import STEPS, Life, NotNow, Step, StepTaken
from .officers import Attendance, Interpreting
from .oversteps import Overstep
from .papers import DocumentFile, Paper
from .people import Member
from .plan_events import PlanEvent
from .plan_lines import Outcome, PlanLine
from .plans import OutOfTurn, Plan
from .programme import ProgrammeItem, Talk
from .realisations import LineStep, Realisation
from .restrictions import NamedReader, Restriction
from .roles import ActivityCountry, PartnerRole, RoleOfActivity, UnionRole
from .rules import Rules, RuleSet
from .scope import ActivityScope, ScopeChange
from .terms import Term

__all__ = [
    "STEPS",
    "Activity",
    "ActivityCountry",
    "ActivityScope",
    "Attendance",
    "CarriedOut",
    "Conference",
    "Cost",
    "Course",
    "Delegation",
    "DocumentFile",
    "FollowUp",
    "GapExplanation",
    "Interpreting",
    "Life",
    "LineStep",
    "Member",
    "NamedReader",
    "NotNow",
    "OutOfTurn",
    "Outcome",
    "Overstep",
    "Paper",
    "PartnerRole",
    "Plan",
    "PlanEvent",
    "PlanLine",
    "ProgrammeItem",
    "Proposal",
    "Realisation",
    "ReportedFigure",
    "Restriction",
    "RoleOfActivity",
    "RuleSet",
    "Rules",
    "ScopeChange",
    "SourceDocument",
    "SourceLink",
    "Step",
    "StepTaken",
    "Talk",
    "Term",
    "UnionRole",
]
