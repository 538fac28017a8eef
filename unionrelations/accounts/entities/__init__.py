"""Us, as the doors see it. The order here is the order of the menu."""

from .days_off import DAYS_OFF
from .officers import OFFICERS
from .reminders import REMINDERS
from .unions import UNIONS

ENTITIES = (UNIONS, OFFICERS, DAYS_OFF, REMINDERS)
