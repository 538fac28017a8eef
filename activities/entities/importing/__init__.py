"""How activities and what is told of them come in from the spreadsheets offices keep. Never knows where from."""

from .conferences import ConferenceImporter
from .costs import CostImporter
from .courses import CourseImporter
from .delegations import DelegationImporter
from .meetings import ProgrammeImporter, TalkImporter
from .plan_lines import PlanLineImporter
from .promises import PromiseImporter
from .rules import RuleSetImporter
from .statistics import StatisticsImporter
from .told import DocumentImporter, FigureImporter, PlanImporter, ProposalImporter, TermImporter

__all__ = [
    "ConferenceImporter",
    "CostImporter",
    "CourseImporter",
    "DelegationImporter",
    "DocumentImporter",
    "FigureImporter",
    "PlanImporter",
    "PlanLineImporter",
    "ProgrammeImporter",
    "PromiseImporter",
    "ProposalImporter",
    "RuleSetImporter",
    "StatisticsImporter",
    "TalkImporter",
    "TermImporter",
]
