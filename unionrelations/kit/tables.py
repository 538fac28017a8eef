"""The base every entity's table extends, and columns that read the same on a page and in a file."""

from __future__ import annotations

from typing import ClassVar

import django_tables2 as tables
from django.db import models
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .documents import Document, Grid
from .windows import day_in_words

NOT_KNOWN = _("not known")


@tables.columns.library.register
class DayColumn(tables.DateColumn):
    """A date in the reader's format, and still a date when the table is written out."""

    @classmethod
    def from_field(cls, field, **kwargs):
        return cls(**kwargs) if type(field) is models.DateField else None

    def render(self, value, **kwargs):
        return self.default if value is None else day_in_words(value)  # the library asks for empty days too

    def value(self, value, **kwargs):
        return value


class WhenColumn(tables.Column):
    """The date as exactly as it is known; in a file as the words a reader sees."""

    def __init__(self, **kwargs):
        super().__init__(
            **{"accessor": "when", "verbose_name": _("Date"), "order_by": ("starts_on", "pk"), "empty_values": ()}
            | kwargs
        )

    def render(self, record):
        if record.precision == "day":
            return record.when
        return format_html('<span class="when-vague">{}</span>', record.when)

    def value(self, record):
        return record.when


class PeopleColumn(tables.Column):
    """A number of people: unknown is written, never left blank and never 0; an empty cell in a file."""

    attrs_num: ClassVar = {"td": {"class": "num"}, "th": {"class": "num"}}

    def __init__(self, **kwargs):
        super().__init__(**{"empty_values": (), "attrs": self.attrs_num} | kwargs)

    def render(self, value):
        if value is None:
            return format_html('<span class="unknown">{}</span>', NOT_KNOWN)
        return number_format(value)

    def value(self, value):
        return value


class ManyColumn(tables.Column):
    """Several related records, one under another; joined by semicolons in a file."""

    def __init__(self, of, **kwargs):
        super().__init__(**{"orderable": False, "empty_values": ()} | kwargs)
        self.of = of

    def render(self, record):
        return format_html_join("", "<div>{}</div>", ((str(one),) for one in self.of(record)))

    def value(self, record):
        return "; ".join(str(one) for one in self.of(record))


class TitledColumn(tables.Column):
    """What a row under a record is called, and on a second line, parted by commas, what belongs to it."""

    def __init__(self, sub, **kwargs):
        super().__init__(**{"orderable": False} | kwargs)
        self.sub = sub

    def render(self, value, record):
        more = ", ".join(str(one) for one in self.sub(record) if one)
        name = format_html("<b>{}</b>", capfirst(value))
        return format_html('{}<span class="sub">{}</span>', name, more) if more else name

    def value(self, value):
        return value


class LinkColumn(tables.Column):
    """The record's own name, leading to its page; `sub` may add a second line."""

    def __init__(self, sub=None, **kwargs):
        super().__init__(**{"attrs": {"td": {"class": "first"}}} | kwargs)
        self.sub = sub

    def order(self, queryset, is_descending):
        """As names are looked up; in a table whose rows have none, by the column itself."""
        if not hasattr(queryset.model, "by_name"):
            return queryset, False
        name = queryset.model.by_name()
        return queryset.order_by(name.desc() if is_descending else name, "-pk" if is_descending else "pk"), True

    def render(self, value, record, table):
        address = reverse(f"{table.slug_of(record)}-detail", args=[record.pk])
        link = format_html('<a class="row-link" href="{}">{}</a>', address, value)
        return format_html('{}<span class="sub">{}</span>', link, self.sub(record)) if self.sub else link

    def value(self, value):
        return value


class NameColumn(LinkColumn):
    """What the record is called in the reader's language, whichever of its columns holds that."""

    def __init__(self, **kwargs):
        super().__init__(**{"accessor": "pk"} | kwargs)

    def render(self, record, table):
        return super().render(str(record), record, table)

    def value(self, record):
        return str(record)


class EntityTable(tables.Table):
    slug: ClassVar[str] = ""  # of the entity whose pages the rows lead to

    class Meta:
        default = ""  # an empty cell is empty in a file too; the page draws its dash in the style sheet
        empty_text = _("Nothing here yet.")

    def slug_of(self, record) -> str:
        return self.slug

    def as_document(self) -> Document:
        """The rows and columns the page shows, ready for any writer."""
        headers, *rows = self.as_values()
        return Document(
            str(self._meta.model._meta.verbose_name_plural), (Grid(tuple(headers), tuple(map(tuple, rows))),)
        )
