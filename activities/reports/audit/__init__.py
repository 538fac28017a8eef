"""Every number computed a second way, record by record, and compared with what the house says. Never counts in SQL.

The first way is the database's: grouped sums over derived rows. The second reads the records themselves, each table
once, and applies the rules of counting in Python; the two share no query and no derived column.
"""

from .comparing import audit, check, compare_scopes, touching
from .outcome import Outcome
from .recount import Recount

__all__ = ["Outcome", "Recount", "audit", "check", "compare_scopes", "touching"]
