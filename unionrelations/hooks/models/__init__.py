"""The rows of webhooks."""

from .calls import ATTEMPTS, WAITS, Attempt, Call, Problem
from .heard import Heard
from .hooks import MOST_HOOKS, TEST, Hook, Kind, Off

__all__ = ["ATTEMPTS", "MOST_HOOKS", "TEST", "WAITS", "Attempt", "Call", "Heard", "Hook", "Kind", "Off", "Problem"]
