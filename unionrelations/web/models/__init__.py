"""What the pages keep for one reader: drafts, views, the calendar's address, steps back. Never a record."""

from .drafts import Draft
from .feeds import CalendarFeed
from .undo import Undo
from .views import SavedView

__all__ = ["CalendarFeed", "Draft", "SavedView", "Undo"]
