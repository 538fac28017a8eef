"""The back office: bases that cut Django's admin to the reader's reach. Never knows a model."""

from .bases import PartAdmin, ReadOnlyAdmin, ScopedAdmin, ScopedStacked, ScopedTabular
from .forms import RecordForm, ScopedFormSet
from .widgets import OUTSIDE_REACH

__all__ = [
    "OUTSIDE_REACH",
    "PartAdmin",
    "ReadOnlyAdmin",
    "RecordForm",
    "ScopedAdmin",
    "ScopedFormSet",
    "ScopedStacked",
    "ScopedTabular",
]
