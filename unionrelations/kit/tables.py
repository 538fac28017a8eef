"""The base every entity's table extends, and columns that read the same on a page and in a file."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import ClassVar

import django_tables2 as tables
from django.db import models
from django.urls import reverse
from django.utils.encoding import force_str
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from .cells import Cells, Rows
from .documents import Document, Grid, Lines
from .importing.identity import HEADING, Identity
from .named import names_of
from .windows import day_in_words

NOT_KNOWN = _("not known")
LINK = '<a class="row-link" href="{}">{}</a>'
LINK_AND_SUB = f'{LINK}<span class="sub">{{}}</span>'
SHOWN_OF_MANY = 3  # of a cell's records; the others stand folded under them


@tables.columns.library.register
class DayColumn(tables.DateColumn):
    """A date in the reader's format, and still a date when the table is written out."""

    @classmethod
    def from_field(cls, field, **kwargs):
        return cls(**kwargs) if type(field) is models.DateField else None

    def render(self, value, **kwargs):
        return "" if value is None else day_in_words(value)  # the library asks for empty days too

    def value(self, value, **kwargs):
        return value


@tables.columns.library.register
class YesNoColumn(tables.Column):
    """Yes, no, or not known, in words."""

    @classmethod
    def from_field(cls, field, **kwargs):
        return cls(**{"empty_values": ()} | kwargs) if isinstance(field, models.BooleanField) else None

    def render(self, value):
        return format_html('<span class="unknown">{}</span>', NOT_KNOWN) if value is None else self.value(value)

    def value(self, value):
        return "" if value is None else gettext("yes") if value else gettext("no")


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


class AmountColumn(PeopleColumn):
    """An amount of money in one currency, to its cents; a plain number in a file."""

    def value(self, value):
        return None if value is None else float(value)


class ManyColumn(tables.Column):
    """Several related records, one under another; joined by semicolons in a file.

    `needs` names the relations it reads that lists do not fetch anyway.
    """

    def __init__(self, of, needs=(), **kwargs):
        super().__init__(**{"orderable": False, "empty_values": ()} | kwargs)
        self.of, self.needs = of, needs

    def render(self, record):
        names = [SafeString(f"<div>{conditional_escape(str(one))}</div>") for one in self.of(record)]
        if len(names) < 2:
            return names[0] if names else ""
        shown = SHOWN_OF_MANY if len(names) > SHOWN_OF_MANY + 1 else len(names)  # nobody unfolds a single one
        cell = SafeString("".join(names[:shown]))
        if shown == len(names):
            return cell
        more = ngettext("and %(n)s more", "and %(n)s more", len(names) - shown) % {"n": len(names) - shown}
        rest = SafeString("".join(names[shown:]))
        return format_html('{}<details class="rest"><summary>{}</summary>{}</details>', cell, more, rest)

    def value(self, record):
        return "; ".join(str(one) for one in self.of(record))


class NamesColumn(ManyColumn):
    """What the records at the end of two relations are called, such as the partners of its partner roles.

    They are asked for with the row, and never fetched themselves. With `once` a name that comes again is left out.
    """

    def __init__(self, roles: str, other: str, *, once: bool = False, **kwargs):
        self.roles, self.other, self.column, self.once = roles, other, f"names_of_{roles}", once
        super().__init__(self._names, **kwargs)

    def _names(self, record) -> list[str]:
        names = getattr(record, self.column)
        return list(dict.fromkeys(names)) if self.once else names

    def names_under(self, model):
        return names_of(model, self.roles, self.other, get_language())


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
        link = table.address_of(record), value
        return format_html(LINK_AND_SUB, *link, self.sub(record)) if self.sub else format_html(LINK, *link)

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


class Columns(dict):
    """The columns a table declares. Each of its pages gets copies that share what no page changes."""

    def __deepcopy__(self, memo):
        return {name: copy(column) for name, column in self.items()}


class EntityTable(tables.Table):
    """The first column leads to the record and always stands; of the others a reader may choose, and in which order."""

    slug: ClassVar[str] = ""  # of the entity whose pages the rows lead to
    offered: ClassVar[tuple[str, ...]] = ()  # columns that stand only where a reader asks for them
    tells_of_rows_alone: ClassVar[bool] = False  # whether cells say what was read with the row and nothing besides

    def __init_subclass__(cls, **more):
        super().__init_subclass__(**more)
        cls.base_columns = Columns(cls.base_columns)

    class Meta:
        default = ""  # an empty cell is empty in a file too; the page draws its dash in the style sheet
        empty_text = _("Nothing here yet.")

    def __init__(self, data=None, *args, columns=(), extra_columns=None, **kwargs):
        every = self.names()
        first, *wanted = self.known(columns) if columns else [one for one in every if one not in self.offered]
        shown, extra = [first, *wanted], extra_columns or []
        super().__init__(
            self.asked_of(data, shown),
            *args,
            sequence=(*shown, *(name for name, _column in extra)),
            extra_columns=[*((name, None) for name in every if name not in shown), *extra],
            **kwargs,
        )
        self.is_of_its_rows_alone = self.tells_of_rows_alone and not any(self._needs(one) for one in shown)
        self._addresses: dict[str, str] = {}
        self.cells = Cells(self)
        self.rows = Rows(self.data, self, self.pinned_data)

    @classmethod
    def names(cls) -> list[str]:
        """Every column there is, in the order the table declares."""
        declared = [one for one in cls._meta.fields or () if one in cls.base_columns]
        return list(dict.fromkeys([*declared, *cls.base_columns]))

    @classmethod
    def known(cls, columns) -> list[str]:
        """Those of these columns that exist, each once, after the first column."""
        every = cls.names()
        return list(dict.fromkeys([every[0], *(one for one in columns if one in every)]))

    def asked_of(self, rows, shown: list[str]):
        """The rows with whatever these columns read besides."""
        columns = [self.base_columns[one] for one in shown]
        relations = [relation for one in columns for relation in getattr(one, "needs", ())]
        names = {one.column: one.names_under(rows.model) for one in columns if isinstance(one, NamesColumn)}
        rows = rows.prefetch_related(*relations) if relations else rows
        return rows.annotate(**names) if names else rows

    def _needs(self, name: str) -> bool:
        """Whether the column shows records that are fetched beside the row."""
        return bool(getattr(self.base_columns[name], "needs", ()))

    def slug_of(self, record) -> str:
        return self.slug

    def address_of(self, record) -> str:
        """Of its page. Routes are looked up once for each kind of record, not for each row."""
        slug = self.slug_of(record)
        if slug not in self._addresses:
            self._addresses[slug] = reverse(f"{slug}-detail", args=[0]).removesuffix("0/")
        return f"{self._addresses[slug]}{record.pk}/"

    def as_document(self, *, told_apart: bool = False) -> Document:
        """The rows and columns the page shows, ready for any writer.

        `told_apart` adds a last column that says which record a row is, so that the file can come back edited.
        """
        headers = tuple(next(self.as_values()))
        if told_apart:
            headers = (*headers, str(HEADING))
        grid = Grid(headers, Lines(self._lines(told_apart)))
        return Document(str(self._meta.model._meta.verbose_name_plural), (grid,))

    def _lines(self, told_apart: bool) -> Iterator[tuple]:
        names = [column.name for column in self.columns.iterall()]
        for row in self.rows.some_at_a_time():
            cells = tuple(force_str(row.get_cell_value(name), strings_only=True) for name in names)
            yield (*cells, str(Identity.of(self.slug_of(row.record), row.record, cells))) if told_apart else cells
