"""The partners floor, as the doors see it. The order here is the order of the menu."""

from .agreements import AGREEMENTS
from .countries import COUNTRIES
from .partners import PARTNERS
from .relations import RELATIONS

ENTITIES = (PARTNERS, AGREEMENTS, RELATIONS, COUNTRIES)
