"""Who we are. Never knows whom we meet, nor what we did together."""

from .officers import Officer, OfficerLanguage
from .unions import Union, UnionSuccession
from .users import User

__all__ = ["Officer", "OfficerLanguage", "Union", "UnionSuccession", "User"]
