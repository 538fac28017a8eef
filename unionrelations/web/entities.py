"""What the pages of any Entity share, and its list. Never names an entity."""

from __future__ import annotations

from functools import cache, cached_property

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import BadRequest
from django.http import FileResponse, Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.template.loader import select_template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_filters.views import FilterView
from django_htmx.http import push_url
from django_tables2 import SingleTableMixin

from activities.entities.spans import spans_for
from activities.models import Activity
from activities.reports.addresses import Unanswerable
from activities.reports.evidence import PARAMETERS, Evidence
from unionrelations.accounts.models import Union
from unionrelations.catalogue import ENTITIES
from unionrelations.deeds.merging import survivor_of
from unionrelations.kit.entities import Entity
from unionrelations.kit.tables import AmountColumn, PeopleColumn
from unionrelations.kit.writers import FORMATS
from unionrelations.privacy.looks import look_at_file

from .asked import COLUMNS, COUNT, LENGTH, SHEET, SORT, address, asks_for_some, chips_of, columns_asked, notes_on, tidy
from .behind import Behind
from .columns import choices_of
from .files import attachment, download
from .ics import MEDIA_TYPE, calendar_of
from .kept_pages import kept_or_made, told_by
from .models import SavedView
from .paging import COUNTED_UP_TO, LONGER, ROWS_ON_A_PAGE, TablePages
from .tabs import saved_of, tabs_of

LOOSENED = 5  # filters of which an empty list says what would be found without them
LIST_FORMATS = ("xlsx", "csv")
CALENDAR = "ics"


@cache
def _template(label: str, name: str, page: str) -> str:
    """The page of one entity where it has its own, else the one all share."""
    return select_template([f"{label}/{name}_{page}.html", f"entity/{page}.html"]).template.name


class EntityMixin(PermissionRequiredMixin):
    entity: Entity = None
    action = "view"
    page = ""

    def get_permission_required(self):
        return (self.entity.permission(self.action),)

    def dispatch(self, request, *args, **kwargs):
        """The address of a record that was merged leads to the one it lives on in, as long as it does."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            survivor = survivor_of(request.user, self.entity.model, kwargs["pk"]) if "pk" in kwargs else None
            if survivor is None or request.method not in ("GET", "HEAD"):
                raise
            moved = HttpResponsePermanentRedirect(self.address("detail", survivor))
            moved.headers["Cache-Control"] = "no-store"  # taken apart, both have pages of their own again
            return moved

    def get_queryset(self):
        return self.entity.queryset(self.request.user)

    def get_template_names(self):
        return [_template(self.entity.model._meta.app_label, self.entity.name, self.page)]

    def get_context_data(self, **context):
        return super().get_context_data(entity=self.entity, **context)

    def address(self, page: str, *args) -> str:
        return reverse(f"{self.entity.slug}-{page}", args=args)

    def may(self, action: str) -> bool:
        return self.entity.form is not None and self.request.user.has_perm(self.entity.permission(action))

    @property
    def may_set_many(self) -> bool:
        return bool(self.entity.bulk) and self.request.user.has_perm(self.entity.permission("change"))


class FilteredMixin(EntityMixin):
    """The rows an address asks for: what the list, its files, its htmx refresh and a change of many start from."""

    strict = False  # what cannot be read is left out, and said

    @property
    def filterset_class(self):
        return self.entity.filterset

    @cached_property
    def evidence(self) -> Evidence | None:
        try:
            return Evidence.asked(self.request.GET, Union.objects.visible_to(self.request.user))
        except Unanswerable as refused:
            raise BadRequest(str(refused)) from refused

    @cached_property
    def spans(self):
        return spans_for(self.request.user, timezone.localdate())

    def get_queryset(self):
        rows = super().get_queryset()
        try:
            return self.evidence.narrow(rows) if self.evidence else rows
        except Unanswerable as refused:
            raise BadRequest(str(refused)) from refused

    def get_filterset_kwargs(self, filterset_class):
        return super().get_filterset_kwargs(filterset_class) | {"spans": self.spans}


class EntityList(FilteredMixin, SingleTableMixin, FilterView):
    """The list, its htmx refresh, its files, and the rows behind a number: one queryset, one filter set, one table."""

    page = "list"

    @property
    def table_class(self):
        return self.entity.table

    def get_filterset_class(self):
        """Without the filters of the sheet where the address names nothing that may be one."""
        return self.filterset_class if self.is_narrowed else self.filterset_class.of_the_search_alone()

    @property
    def is_narrowed(self) -> bool:
        """Whether the address names anything beside a search that may leave rows out."""
        return bool(set(self.request.GET) - {COLUMNS, SORT, LENGTH, COUNT, "page", "format", "q"})

    def get(self, request, *args, **kwargs):
        if len(request.GET.getlist(COLUMNS)) > 1:  # as the form of columns sends them without script
            return redirect(f"{request.path}{address(request.GET)}")
        if request.htmx and SHEET in request.GET:
            return render(request, "entity/_filters.html", {"filter": self.get_filterset(self.filterset_class)})

        def made():
            return super(EntityList, self).get(request, *args, **kwargs)

        if self.file_asked or request.GET.get("q"):  # a search reads words of files, which no history keeps
            return made()
        shown = ((one.name, one.query, one.owner_id) for one in self.saved)
        return kept_or_made(request, made, *shown, tells=self.told)

    def told(self, answer) -> tuple | None:
        """All of the house that a list shows which nobody narrowed; None of one that may show more."""
        context = answer.context_data
        table, pages = context["table"], context["table"].paginator
        if self.evidence or not context["sheet_waits"] or not table.is_of_its_rows_alone:
            return None
        return (pages.count, pages.limit, *(told_by(row.record) for row in table.paginated_rows))

    @cached_property
    def saved(self) -> list[SavedView]:
        return [] if self.evidence else saved_of(self.entity, self.request.user)

    @property
    def file_asked(self) -> str:
        asked = self.request.GET.get("format", "")
        return asked if asked in (*LIST_FORMATS, CALENDAR) else ""

    def get_table_kwargs(self):
        extra = []
        if self.evidence and self.evidence.adds_up:
            column = AmountColumn if self.evidence.is_money else PeopleColumn
            extra = [("figure_number", column(verbose_name=self.evidence.label, orderable=False))]
        return {"columns": columns_asked(self.request.GET), "extra_columns": extra}

    def get_table_pagination(self, table):
        alone = not self.is_narrowed and not self.request.GET.get("q")
        counted = table.data.data.counted_instead(self.request.user) if alone else None
        return {"paginator_class": TablePages, "counts_all": self.request.GET.get(COUNT) == "all", "counted": counted}

    def get_template_names(self):
        return ["entity/_refresh.html"] if self.request.htmx else super().get_template_names()

    def get_context_data(self, **context):
        if self.file_asked:
            return {"notes": self.notes(context["filter"])}  # a file has no frame
        asked, state = self.request.GET, tidy(self.request.GET)
        chips = [] if self.evidence else chips_of(context["filter"], asked)
        context = super().get_context_data(
            create_url=self.address("new") if self.may("add") else None,
            import_url=self.import_url,
            behind=Behind(self.evidence) if self.evidence else None,
            chips=chips,
            notes=self.notes(context["filter"]),
            tabs=[] if self.evidence else tabs_of(self.entity, self.request, self.saved),
            columns=choices_of(self.table_class, asked),
            state=state.urlencode(safe=","),
            state_without_columns=[(name, one) for name in state if name != COLUMNS for one in state.getlist(name)],
            picks=self.may_set_many and not self.evidence,
            sheet_asked=SHEET in asked,
            sheet_waits=SHEET not in asked and not asks_for_some(context["filter"], asked),
            **context,
        )
        pages = context["table"].paginator
        return context | {
            "total": pages.total,
            "total_is_capped": pages.is_capped,
            "count_url": address(asked, page=asked.get("page"), count="all"),
            "lengths": self.lengths(pages),
            "exports": self.exports() if pages.total else [],
            "loosened": [] if pages.total else self.loosened(chips),
        }

    def notes(self, filterset) -> list[str]:
        """What of the address nobody can read, in sentences; it was left out."""
        asked = self.request.GET
        said = notes_on(filterset, asked, {COLUMNS, SORT, LENGTH, *(PARAMETERS if self.evidence else ())})
        names = self.table_class.names()
        for name in (*columns_asked(asked), *(one.removeprefix("-") for one in asked.getlist(SORT))):
            if name not in names and not self.evidence:
                said.append(_("This list has no column called “%(name)s”.") % {"name": name[:60]})
        return said

    def lengths(self, pages: TablePages) -> list[tuple[int, str, bool]]:
        """(rows on a page, the list's address with as many, whether it is shown so); none where all rows fit on one."""
        if pages.count <= ROWS_ON_A_PAGE:
            return []
        asked, told = self.request.GET, {ROWS_ON_A_PAGE: None} | {one: str(one) for one in LONGER}
        return [(one, address(asked, **{LENGTH: words}), one == pages.per_page) for one, words in told.items()]

    def exports(self) -> list[tuple[str, str]]:
        asked = self.request.GET
        links = [(name.upper(), f"{address(asked)}&format={name}") for name in LIST_FORMATS]
        if issubclass(self.entity.model, Activity):
            links.append((_("Calendar (ICS)"), f"{address(asked)}&format={CALENDAR}"))
        return [(label, url.replace("?&", "?")) for label, url in links]

    def loosened(self, chips) -> list[tuple]:
        """(chip, how many rows there are without it, whether there are more), for those without which there are any."""
        found = []
        for chip in chips[:LOOSENED]:
            data = tidy(self.request.GET.__class__(chip.without.removeprefix("?")))
            kwargs = self.get_filterset_kwargs(self.filterset_class) | {"data": data}
            rows = self.filterset_class(**kwargs).qs
            most = ROWS_ON_A_PAGE if rows.is_long_to_count else COUNTED_UP_TO
            if number := rows.order_by()[: most + 1].count():
                found.append((chip, min(number, most), number > most))
        return found

    def render_to_response(self, context, **kwargs):
        if self.file_asked:
            if context["notes"]:
                raise BadRequest(" ".join(context["notes"]))
            return self._file(self.file_asked)
        response = super().render_to_response(context, **kwargs)
        if self.request.htmx:
            page = self.request.GET.get("page")
            state = address(self.request.GET, page=page if page != "1" else None)
            return push_url(response, f"{self.request.path}{state}".removesuffix("?"))
        return response

    @property
    def import_url(self) -> str:
        """Where a spreadsheet of such records is handed in, for whoever may."""
        allowed = self.entity.importers and self.request.user.has_perm("importing.add_import")
        return f"{reverse('imports')}?entity={self.entity.slug}" if allowed and self.may("add") else ""

    @property
    def comes_back(self) -> bool:
        """Whether a file of this list may come back edited: its rows, or some kinds of them, can be imported."""
        known = (importer.model for one in ENTITIES for importer in one.importers)
        return self.evidence is None and any(issubclass(model, self.entity.model) for model in known)

    def _file(self, chosen: str) -> HttpResponse | FileResponse:
        """The rows of every page, in the order and with the columns the page shows; each says which record it is."""
        if chosen != CALENDAR:
            table = self.table_class(self.object_list, **self.get_table_kwargs())
            if order := self.request.GET.getlist(SORT):
                table.order_by = order
            document = table.as_document(told_apart=self.comes_back)
            answer = download(document, FORMATS[chosen])
            look_at_file(self.request.user, timezone.localdate(), self.entity, document.blocks[0].rows.number)
            return answer
        if not issubclass(self.entity.model, Activity):
            raise BadRequest(_("Only activities can be written as a calendar."))
        name = str(self.entity.plural)
        content = calendar_of(self.object_list, name, get_language(), self.request.build_absolute_uri)
        return attachment(content, MEDIA_TYPE, f"{name}.{CALENDAR}")
