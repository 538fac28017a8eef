"""The pages on which a row under a record is entered, changed and taken away. Never names an entity.

Every change of a row is an edit of its record, so two people who edit at once learn of each other.
"""

from __future__ import annotations

import django_tables2 as tables
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, DeleteView, UpdateView

from unionrelations.deeds.parts import blank, hold, note_edit, rows_to_change
from unionrelations.kit.entities import Section
from unionrelations.web.entities import EntityMixin
from unionrelations.web.models import Undo


class EditColumn(tables.Column):
    """The way to each row's form, where the reader may change it."""

    def __init__(self, page: str, owner):
        on_screen = {"td": {"class": "no-print way"}, "th": {"class": "no-print"}}
        super().__init__(verbose_name=gettext_lazy("Edit"), empty_values=(), orderable=False, attrs=on_screen)
        self.page, self.owner = page, owner

    def render(self, record):
        if not record.is_mine:
            return ""
        address = reverse(self.page, args=[self.owner.pk, record.pk])
        return format_html('<a href="{}">{}<span class="visually-hidden">: {}</span></a>', address, _("Edit"), record)


class PartMixin(EntityMixin):
    section: Section = None
    page = "part"
    pk_url_kwarg = "row"

    def get_permission_required(self):
        return (self.entity.permission("view"), self.section.permission(self.action))

    @cached_property
    def record(self):
        mine = self.entity.model._default_manager.writable_by(self.request.user)
        return get_object_or_404(mine, pk=self.kwargs["pk"])

    def get_queryset(self):
        return rows_to_change(self.section, self.record, self.request.user)

    def get_template_names(self):
        return [f"records/{'_' if self.request.htmx else ''}{self.page}.html"]

    @property
    def record_url(self) -> str:
        return f"{self.address('detail', self.record.pk)}#{self.section.slug}"

    def get_context_data(self, **context):
        return super().get_context_data(record=self.record, section=self.section, record_url=self.record_url, **context)

    def changed(self, said: str, step: Undo | None = None) -> HttpResponseRedirect:
        """Notes the edit at the record, and leads back to the rows."""
        note_edit(self.record, self.request.user)
        messages.success(self.request, said, extra_tags=step.url if step else "")
        return HttpResponseRedirect(self.record_url)


class PartFormMixin(PartMixin):
    def get_form_class(self):
        return self.section.form

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if self.request.htmx:  # it opens in the middle of a page
            form.visible_fields()[0].field.widget.attrs["autofocus"] = True
        return form

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        hold(self.record)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        self.object = form.save()
        return self.changed(_("Saved: %(row)s") % {"row": self.object})

    def get_context_data(self, **context):
        context = super().get_context_data(title=self.heading(), **context)
        return context | {"conflict": context["form"].conflict}


class PartCreate(PartFormMixin, CreateView):
    action = "add"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": blank(self.section, self.record)}

    def get_initial(self):
        """Filled in is what the address says, as for a new record."""
        asked = self.request.GET
        return super().get_initial() | {
            name: asked[name] for name in asked.keys() & self.section.form.base_fields.keys()
        }

    def heading(self) -> str:
        return capfirst(_("new: %(kind)s") % {"kind": self.section.singular})


class PartUpdate(PartFormMixin, UpdateView):
    action = "change"

    def heading(self) -> str:
        return capfirst(str(self.object))

    def get_context_data(self, **context):
        may = self.request.user.has_perm(self.section.permission("delete"))
        address = self.address(f"{self.section.slug}-delete", self.record.pk, self.object.pk)
        return super().get_context_data(delete_url=address if may else "", **context)


class PartDelete(PartMixin, DeleteView):
    action = "delete"
    page = "part_delete"

    @transaction.atomic
    def form_valid(self, form):
        hold(self.record)
        said = _("Removed: %(row)s") % {"row": self.object}
        step = Undo.objects.keep(self.request.user, said, [self.object], deleted=True)
        self.object.delete()
        return self.changed(said, step)
