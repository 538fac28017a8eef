"""Who we are. Never knows whom we meet, nor what we did together."""

from .office import OfficeDay, ReminderSettings
from .officers import Officer, OfficerLanguage
from .stand_ins import StandIn
from .tokens import AccessToken
from .unions import Union, UnionSuccession
from .users import User

__all__ = [
    "AccessToken",
    "OfficeDay",
    "Officer",
    "OfficerLanguage",
    "ReminderSettings",
    "StandIn",
    "Union",
    "UnionSuccession",
    "User",
]
