"""Pages of lists of any length: what is not counted is said, and counted on request. Never knows whose rows."""

from __future__ import annotations

import sys
from functools import cached_property

from django.core.paginator import EmptyPage, Paginator

COUNTED_UP_TO = 1_000  # beyond it a list says "more than" and counts on request: that never decides a page's time
ROWS_ON_A_PAGE = 25  # what somebody looks through; making a row is most of what a list costs
LONGER = (50, 100)  # for who asks for more at once
DEEPEST = 100_000  # rows that pages lead to: whoever is further down is better served by a filter


class Pages(Paginator):
    """The rows are counted once, and no further than `limit`.

    Beyond it, and where counting means reading all of them, no more is known than whether a row follows the page.
    """

    def __init__(self, rows, per_page, *, counts_all: bool = False, counted=None, **more):
        super().__init__(rows, per_page, **more)
        self.counted = counted  # others to be counted in place of the rows, if any
        self.limit = sys.maxsize if counts_all else COUNTED_UP_TO
        self.counted_up_to = 0 if self.query.is_long_to_count and not counts_all else self.limit

    @property
    def query(self):
        return self.object_list

    @cached_property
    def count(self) -> int:
        rows = self.query if self.counted is None else self.counted
        rows = rows.order_by().values("pk")  # whatever is read with them is not what is counted
        return rows.count() if self.limit == sys.maxsize else rows[: self.limit + 1].count()

    @property
    def total(self) -> int:
        """As many as are known of; with `is_capped` there are more."""
        return min(self.count, self.limit)

    @property
    def is_capped(self) -> bool:
        return self.count > self.limit

    def page(self, number):
        last = number * self.per_page
        if last <= self.counted_up_to:
            return super().page(number)
        if not 0 < last <= DEEPEST:
            raise EmptyPage
        found = self.part(last - self.per_page, last + 1)
        if not found and number > 1:
            raise EmptyPage
        self.count, self.limit = last - self.per_page + len(found), last
        vars(self).pop("num_pages", None)  # worked out from what was known before
        return self._get_page(found[: self.per_page], number, self)

    def get_page(self, number):
        """The first one, where the address names none that is there."""
        try:
            return self.page(int(number))
        except (TypeError, ValueError, EmptyPage):
            return self.page(1)

    def part(self, first: int, last: int) -> list:
        return self.query.part(first, last)


class TablePages(Pages):
    """Pages of a table, of one of a few lengths whatever the address asks for."""

    def __init__(self, rows, per_page, **more):
        super().__init__(rows, per_page if per_page in LONGER else ROWS_ON_A_PAGE, **more)

    @property
    def query(self):
        return self.object_list.data.data

    def part(self, first, last):
        return list(self.object_list.of(super().part(first, last)))
