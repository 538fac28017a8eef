"""The pages on which any Entity is entered, changed and deleted. Never names an entity."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.db.models import ProtectedError
from django.forms.utils import ErrorDict, ErrorList
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import CreateView, DeleteView, UpdateView

from unionrelations.kit.deleting import what_rests_on

from .entities import EntityMixin
from .models import Undo


class WritingMixin(EntityMixin):
    """What is only handed down from a union above is read, never changed."""

    def get_queryset(self):
        mine = self.entity.model._default_manager.writable_by(self.request.user)
        return super().get_queryset().filter(pk__in=mine.values("pk"))


class EntityFormMixin(WritingMixin):
    """A form with the rows entered with it. Saved together or not at all; refused, everything typed stays."""

    page = "form"

    def get_form_class(self):
        return self.entity.form

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user, "today": timezone.localdate()}

    def formsets(self, instance) -> list:
        bound = (self.request.POST, self.request.FILES) if self.request.method == "POST" else ()
        return [
            one(*bound, instance=instance, user=self.request.user, prefix=f"rows-{number}")
            for number, one in enumerate(self.entity.formsets)
        ]

    def post(self, request, *args, **kwargs):
        self.object = self.get_object() if "pk" in self.kwargs else None
        if "add_row" in request.POST:
            return self._with_one_more_row(request.POST["add_row"])
        with transaction.atomic():
            if self.object is not None:
                # Whoever saves the same record meanwhile waits here, and then sees this edit.
                list(type(self.object)._base_manager.select_for_update().filter(pk=self.object.pk).values_list("pk"))
            form = self.get_form()
            formsets = self.formsets(form.instance)
            valid = [form.is_valid(), *(one.is_valid() for one in formsets)]
            if not all(valid):
                return self._again(form, formsets)
            self.object = form.save()
            for one in formsets:
                one.instance = self.object
                one.save()
            said = _("Saved: %(record)s") % {"record": self.object}
            step = None if "pk" in self.kwargs else Undo.objects.keep(request.user, said, [self.object], made=True)
        messages.success(request, said, extra_tags=step.url if step else "")
        return redirect(self.address("detail", self.object.pk))

    def _with_one_more_row(self, prefix: str):
        """What was typed, unchecked, with one more empty row; works without script."""
        form = self.get_form()
        typed = self.request.POST.copy()
        count = f"{prefix}-TOTAL_FORMS"
        typed[count] = str(int(typed[count]) + 1) if typed.get(count, "").isdecimal() and len(typed[count]) < 4 else "1"
        self.request.POST = typed
        formsets = self.formsets(form.instance)
        for one in (form, *(row for rows in formsets for row in rows.forms)):
            one._errors = ErrorDict()  # nothing was submitted yet, so nothing is wrong yet
        for rows in formsets:
            rows._errors, rows._non_form_errors = [], ErrorList()
        return self._again(form, formsets)

    def _again(self, form, formsets):
        return self.render_to_response(self.get_context_data(form=form, rows=formsets))

    def get_context_data(self, rows=None, **context):
        context = super().get_context_data(**context)
        form = context["form"]
        rows = self.formsets(form.instance) if rows is None else rows
        cancel = self.address("detail", self.object.pk) if self.object else self.address("list")
        return context | {
            "formsets": [{"title": one.heading, "formset": one, "help": ""} for one in rows],
            "title": self.heading(),
            "cancel_url": cancel,
            "conflict": form.conflict,
        }


class EntityCreate(EntityFormMixin, CreateView):
    action = "add"

    def heading(self) -> str:
        return capfirst(_("new: %(kind)s") % {"kind": self.entity.singular})


class EntityUpdate(EntityFormMixin, UpdateView):
    action = "change"

    def heading(self) -> str:
        return str(self.object)


class EntityDelete(WritingMixin, DeleteView):
    action = "delete"
    page = "confirm_delete"

    def get_context_data(self, **context):
        context.setdefault("blockers", [] if self._may_go() else [self._shared()])
        return super().get_context_data(object_url=self.address("detail", self.object.pk), **context)

    def form_valid(self, form):
        name = str(self.object)
        if not self._may_go():
            return self._kept([self._shared()])
        said = _("Deleted: %(record)s") % {"record": name}
        try:
            with transaction.atomic():
                step = Undo.objects.keep(self.request.user, said, [self.object], deleted=True)
                self.object.delete()
        except ProtectedError as refused:
            return self._kept(what_rests_on(refused.protected_objects, self.request.user))
        messages.success(self.request, said, extra_tags=step.url)
        return redirect(self.address("list"))

    def _may_go(self) -> bool:
        rows = self.entity.model._default_manager.removable_by(self.request.user)
        return rows.filter(pk=self.object.pk).exists()

    def _shared(self) -> str:
        return _("Other unions took part in it. Whoever stands above all of them can delete it.")

    def _kept(self, blockers: list[str]):
        return self.render_to_response(self.get_context_data(blockers=blockers), status=409)
