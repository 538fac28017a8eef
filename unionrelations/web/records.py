"""The page of one record of any Entity: its facts, what stands under it, what may be done. Never names an entity."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.views.generic import DetailView

from .entities import EntityMixin
from .facts import facts_of


class EntityDetail(EntityMixin, DetailView):
    page = "detail"

    def get_context_data(self, **context):
        user, record = self.request.user, self.object
        return super().get_context_data(
            title=str(record),
            facts=facts_of(self.entity, record, user),
            sections=[
                {"title": one.title, "table": one.table(rows), "items": None, "empty": ""}
                for one in self.entity.sections
                if (rows := one.rows(record, user))
            ],
            acts=list(self._acts()),
            **context,
        )

    def _acts(self):
        mine = self.entity.model._default_manager.writable_by(self.request.user)
        if self.entity.form is None or not mine.filter(pk=self.object.pk).exists():
            return
        if self.may("delete"):
            yield _("Delete"), self.address("delete", self.object.pk), "x"
        if self.may("change"):
            yield _("Edit"), self.address("edit", self.object.pk), "edit"
