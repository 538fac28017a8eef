"""The pages of any Entity, on Django's own generic views. Never names an entity."""

from __future__ import annotations

from functools import cached_property

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin

from activities.reports.evidence import Evidence, Unanswerable
from unionrelations.accounts.models import Union
from unionrelations.kit.entities import Entity
from unionrelations.kit.tables import PeopleColumn
from unionrelations.kit.writers import FORMATS

from .behind import Behind
from .files import download

COUNTED_UP_TO = 10_000  # beyond it a list says "more than", so that counting never decides a page's time
ROWS_ON_A_PAGE = 50
LIST_FORMATS = ("xlsx", "csv")


class Pages(Paginator):
    """Pages of one length, whatever the address asks for; the rows are counted once, and no further than that."""

    def __init__(self, rows, per_page, **more):
        super().__init__(rows, ROWS_ON_A_PAGE, **more)

    @cached_property
    def count(self) -> int:
        return self.object_list.data.data[: COUNTED_UP_TO + 1].count()


class EntityMixin(PermissionRequiredMixin):
    entity: Entity = None
    action = "view"
    page = ""

    def get_permission_required(self):
        return (self.entity.permission(self.action),)

    def get_queryset(self):
        return self.entity.queryset(self.request.user)

    def get_template_names(self):
        label, name = self.entity.model._meta.app_label, self.entity.name
        return [f"{label}/{name}_{self.page}.html", f"entity/{self.page}.html"]

    def get_context_data(self, **context):
        return super().get_context_data(entity=self.entity, **context)

    def address(self, page: str, *args) -> str:
        return reverse(f"{self.entity.slug}-{page}", args=args)

    def may(self, action: str) -> bool:
        return self.entity.form is not None and self.request.user.has_perm(self.entity.permission(action))


class EntityList(EntityMixin, SingleTableMixin, FilterView):
    """The list, its htmx refresh, its files, and the rows behind a number: one queryset, one filter set, one table."""

    page = "list"
    strict = False

    @property
    def filterset_class(self):
        return self.entity.filterset

    @property
    def table_class(self):
        return self.entity.table

    @cached_property
    def evidence(self) -> Evidence | None:
        try:
            found = Evidence.asked(self.request.GET, Union.objects.visible_to(self.request.user))
        except Unanswerable as refused:
            raise BadRequest(str(refused)) from refused
        if found and not issubclass(self.entity.model, found.indicator.model):
            raise BadRequest(_("This list does not hold the rows of that figure."))
        return found

    def get_queryset(self):
        rows = super().get_queryset()
        return self.evidence.narrow(rows) if self.evidence else rows

    def get_table_kwargs(self):
        if self.evidence and self.evidence.indicator.sums:
            return {
                "extra_columns": [
                    ("figure_number", PeopleColumn(verbose_name=self.evidence.indicator.label, orderable=False))
                ]
            }
        return {}

    def get_table_pagination(self, table):
        return {"paginator_class": Pages}

    def get_template_names(self):
        return ["entity/_table.html"] if self.request.htmx else super().get_template_names()

    def get_context_data(self, **context):
        context = super().get_context_data(
            exports=self.exports(),
            create_url=self.address("new") if self.may("add") else None,
            behind=Behind(self.evidence) if self.evidence else None,
            **context,
        )
        seen = context["table"].paginator.count
        return context | {"total": min(seen, COUNTED_UP_TO), "total_is_capped": seen > COUNTED_UP_TO}

    def exports(self) -> list[tuple[str, str]]:
        asked = self.request.GET.copy()
        links = []
        for name in LIST_FORMATS:
            asked["format"] = name
            links.append((name.upper(), f"?{asked.urlencode()}"))
        return links

    def render_to_response(self, context, **kwargs):
        chosen = self.request.GET.get("format")
        if chosen in LIST_FORMATS:
            table = self.table_class(self.object_list, **self.get_table_kwargs())
            return download(table.as_document(), FORMATS[chosen])
        return super().render_to_response(context, **kwargs)
