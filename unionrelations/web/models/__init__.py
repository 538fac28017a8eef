"""What the pages keep for one reader: drafts, views, the calendar's address, steps back, browsers; and who was invited.
Never a record."""

from .browsers import KnownBrowser
from .drafts import Draft
from .feeds import CalendarFeed
from .invitations import Invitation
from .undo import Undo
from .views import SavedView

__all__ = ["CalendarFeed", "Draft", "Invitation", "KnownBrowser", "SavedView", "Undo"]
