"""All that happened to one record and its parts, act by act, the last first; also of a record that is gone."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from activities.models import Activity
from unionrelations.history.models import Entry
from unionrelations.history.querysets import of_record
from unionrelations.history.telling import Telling
from unionrelations.web.entities import EntityMixin

from .grouping import deeds

CHANGES_ON_A_PAGE = 60


class RecordHistory(EntityMixin, TemplateView):
    """Of an activity the page is the same whether it is asked for as an activity or as its kind."""

    template_name = "history/record.html"
    http_method_names = ["get"]

    def get_permission_required(self):
        return (*super().get_permission_required(), "history.view_entry")

    def get_template_names(self):
        return [self.template_name]

    @cached_property
    def record(self) -> tuple[str, int]:
        model = Activity if issubclass(self.entity.model, Activity) else self.entity.model
        return model._meta.label_lower, self.kwargs["pk"]

    def get_context_data(self, **context):
        reader, (label, key) = self.request.user, self.record
        rows = Entry.objects.few_visible_to(reader, of_record(label, key)).for_listing().order_by("-pk")
        stands = self.get_queryset().filter(pk=key).first()
        page = Paginator(rows, CHANGES_ON_A_PAGE).get_page(self.request.GET.get("page"))
        changes = list(page)
        if stands is None and not changes:
            raise Http404
        title = str(stands) if stands is not None else Telling(changes, reader).name_of(label, key)
        return super().get_context_data(
            title=title,
            record_url=self.address("detail", key) if stands is not None else "",
            page=page,
            total=page.paginator.count,
            deeds=deeds(changes, reader, record=self.record),
            **context,
        )
