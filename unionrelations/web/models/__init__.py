"""What the pages keep for one reader: drafts, saved views and the address of their calendar. Never a record."""

from .drafts import Draft
from .feeds import CalendarFeed
from .views import SavedView

__all__ = ["CalendarFeed", "Draft", "SavedView"]
