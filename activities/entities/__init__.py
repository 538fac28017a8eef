"""The activities floor, as the doors see it. The order here is the order of the menu."""

from .activities import ACTIVITIES
from .conferences import CONFERENCES
from .courses import COURSES
from .delegations import DELEGATIONS
from .documents import DOCUMENTS
from .figures import FIGURES
from .plans import PLANS
from .proposals import PROPOSALS
from .terms import TERMS

DONE = (DELEGATIONS, CONFERENCES, COURSES, ACTIVITIES, PLANS)
TOLD = (DOCUMENTS, FIGURES, PROPOSALS)
ENTITIES = (*DONE, TERMS, *TOLD)
