"""Us, as the doors see it. The order here is the order of the menu."""

from .officers import OFFICERS
from .unions import UNIONS

ENTITIES = (UNIONS, OFFICERS)
