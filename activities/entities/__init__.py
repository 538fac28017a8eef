"""The activities floor, as the doors see it. The order here is the order of the menu."""

from .activities import ACTIVITIES
from .beyond import AGREEMENTS, OFFICERS
from .conferences import CONFERENCES
from .costs import COSTS
from .courses import COURSES
from .delegations import DELEGATIONS
from .documents import DOCUMENTS
from .figures import FIGURES
from .meetings import PROGRAMME, TALKS
from .plan_lines import PLAN_LINES
from .plans import PLANS
from .promises import PROMISES
from .proposals import PROPOSALS
from .rules import RULES
from .terms import TERMS

DONE = (DELEGATIONS, CONFERENCES, COURSES, ACTIVITIES, PLANS, PLAN_LINES, COSTS, PROGRAMME, TALKS, PROMISES)
TOLD = (DOCUMENTS, FIGURES, PROPOSALS)
ENTITIES = (*DONE, TERMS, RULES, *TOLD)

__all__ = [
    "ACTIVITIES",
    "AGREEMENTS",
    "CONFERENCES",
    "COSTS",
    "COURSES",
    "DELEGATIONS",
    "DOCUMENTS",
    "DONE",
    "ENTITIES",
    "FIGURES",
    "OFFICERS",
    "PLANS",
    "PLAN_LINES",
    "PROGRAMME",
    "PROMISES",
    "PROPOSALS",
    "RULES",
    "TALKS",
    "TERMS",
    "TOLD",
]
