"""Asks row by row whether there is a row of another table. Never knows the tables."""

from __future__ import annotations

from django.db.models import Exists


class Probe(Exists):
    """Looked up by an index for each row that comes by, for whoever reads no more rows than fill a page.

    Of a plain `Exists` PostgreSQL may make a list of the other table beforehand, since it reckons with all rows being
    asked. It leaves what is cut as it stands, so this is cut before its first row.
    """

    template = "EXISTS(%(subquery)s OFFSET 0)"
