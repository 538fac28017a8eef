"""The pages on which any Entity is entered and changed. Never names an entity."""

from __future__ import annotations

from functools import cached_property

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import ModelMultipleChoiceField
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import CreateView, UpdateView

from unionrelations.kit.choosing import is_key

from .drafting import forget, opened_by
from .entities import EntityMixin
from .making import make_in_place, place_to_make
from .merging import Meeting, choose, merge_fields, merge_rows, state_of, states_of
from .models import Draft, Undo
from .opening import Opened


class WritingMixin(EntityMixin):
    """What is only handed down from a union above is read, never changed."""

    def get_queryset(self):
        mine = self.entity.model._default_manager.writable_by(self.request.user)
        return super().get_queryset().filter(pk__in=mine.values("pk"))


class EntityFormMixin(WritingMixin):
    """A form with the rows entered with it. Saved together or not at all; refused, everything typed stays."""

    page = "form"
    sent: QueryDict | None = None  # what the form holds: as sent now, or as kept in a draft
    draft: Draft | None = None

    def get_form_class(self):
        return self.entity.form

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs() | {"user": self.request.user, "today": timezone.localdate()}
        return kwargs if self.sent is None else kwargs | {"data": self.sent, "files": self.request.FILES}

    def formsets(self, instance) -> list:
        bound = () if self.sent is None else (self.sent, self.request.FILES)
        return [
            one(*bound, instance=instance, user=self.request.user, prefix=f"rows-{number}", **self.row_kwargs(one))
            for number, one in enumerate(self.entity.formsets)
        ]

    def row_kwargs(self, formset) -> dict:
        return {}

    @property
    def pk(self) -> int | None:
        return self.kwargs.get("pk")

    def _record(self):
        return None if self.pk is None else self.get_object()

    def get(self, request, *args, **kwargs):
        self.object = self._record()
        self.draft = Draft.objects.visible_to(request.user).of(self.entity.slug, self.pk).first()
        if self.draft is None:
            return self.render_to_response(self.get_context_data())
        self.sent = self.draft.sent
        for name in request.GET.keys() & self.entity.form.base_fields.keys():
            self.sent.setlist(name, request.GET.getlist(name))
        return self._again(*self._unjudged())

    def post(self, request, *args, **kwargs):
        self.object = self._record()
        sent = self.sent = request.POST.copy()
        if "add_row" in request.POST:
            return self._with_one_more_row(sent, request.POST["add_row"])
        if place := place_to_make(request.POST, self.get_form()):
            return self._with_one_made(sent, place)
        with transaction.atomic():
            if self.object is not None:
                # Whoever saves the same record meanwhile waits here, and then sees this edit.
                list(type(self.object)._base_manager.select_for_update().filter(pk=self.object.pk).values_list("pk"))
                self.object = self.get_object()
            self.meeting = self._meet(sent)
            if self.meeting.clashes:
                return self._ask()
            before = self._who_saved_last() if self.meeting.taken else ""
            form = self.get_form()
            formsets = self.formsets(form.instance)
            if not all([form.is_valid(), *(one.is_valid() for one in formsets)]):
                return self._again(form, formsets)
            step = self._save(form, formsets)
        self._say(step, before)
        return redirect(self.next_address())

    def _save(self, form, formsets) -> Undo | None:
        self.object = form.save()
        for one in formsets:
            one.instance = self.object
            one.save()
        forget(self.request, self.entity.slug, self.pk, opened_by(self.request, self.entity.slug, self.pk))
        if self.pk is not None:
            return None
        return Undo.objects.keep(self.request.user, self._saved(), [self.object], made=True)

    def _saved(self) -> str:
        return _("Saved: %(record)s") % {"record": self.object}

    def _say(self, step: Undo | None, before: str) -> None:
        messages.success(self.request, self._saved(), extra_tags=step.url if step else "")
        if before:
            kept = _("Their changes are kept too: %(fields)s.") % {"fields": ", ".join(self.meeting.taken)}
            messages.info(self.request, f"{before} {kept}")

    def next_address(self) -> str:
        return self.address("detail", self.object.pk)

    # --- Two people at one record

    def _meet(self, sent: QueryDict) -> Meeting:
        """Merges into what was sent whatever somebody else saved since the form was opened."""
        meeting = Meeting()
        if self.object is None:
            return meeting
        opened = opened_by(self.request, self.entity.slug, self.pk)
        if opened is not None:
            choose(sent, opened.was, opened.rows)
        if sent.get("version") == str(self.object.version):
            return meeting
        form = self.get_form()
        mine, (theirs, stored) = self.formsets(form.instance), self._stored()
        merge_fields(meeting, sent, opened.was if opened else None, theirs, form)
        for their_rows, my_rows in zip(stored, mine, strict=True):
            was = opened.rows.get(my_rows.prefix, {}) if opened else None
            merge_rows(meeting, sent, was, their_rows, my_rows)
        sent["version"], sent["opened"] = str(self.object.version), self._opened(theirs, stored).sign()
        self.object = self.get_object()  # the form has written what was typed into the one it was given
        return meeting

    def _stored(self):
        """The form and its rows as the record stands now."""
        sent, self.sent = self.sent, None
        try:
            record = self.get_object()
            form = self.entity.form(instance=record, user=self.request.user, today=timezone.localdate())
            return form, self.formsets(record)
        finally:
            self.sent = sent

    def _opened(self, form, formsets) -> Opened:
        identity = {"who": self.request.user.pk, "slug": self.entity.slug, "record": self.pk}
        if self.pk is None:
            return Opened(**identity)
        rows = {one.prefix: states_of(one) for one in formsets}
        return Opened(**identity, version=getattr(form.instance, "version", None), was=state_of(form), rows=rows)

    def _ask(self):
        form, formsets = self._unjudged()
        choose = _("Choose whose words stand, and save again.")
        form.add_error(None, ValidationError(f"{self._who_saved_last()} {choose}", code="conflict"))
        return self._again(form, formsets)

    def _who_saved_last(self) -> str:
        return _("%(who)s saved this record at %(moment)s, while you had it open.") % {
            "who": self.object.changed_by or _("Somebody"),
            "moment": formats.date_format(timezone.localtime(self.object.changed_at), "SHORT_DATETIME_FORMAT"),
        }

    # --- What was typed, not judged yet

    def _unjudged(self):
        """The form and its rows with what was typed; nothing was submitted yet, so nothing is wrong yet."""
        form = self.get_form()
        formsets = self.formsets(form.instance)
        for one in (form, *(row for rows in formsets for row in rows.forms)):
            one._errors, one.cleaned_data = ErrorDict(), {}
        for rows in formsets:
            rows._errors, rows._non_form_errors = [], ErrorList()
        return form, formsets

    def _with_one_more_row(self, sent: QueryDict, prefix: str):
        """One more empty row; works without script."""
        count = f"{prefix}-TOTAL_FORMS"
        given = sent.get(count, "")
        at = int(given) if given.isascii() and given.isdecimal() and len(given) < 4 else 0
        sent[count] = str(at + 1)
        for number, one in enumerate(self.entity.formsets):
            if prefix == f"rows-{number}":
                for name, value in getattr(one, "new_row", {}).items():
                    sent[f"{prefix}-{at}-{name}"] = value
        return self._again(*self._unjudged())

    def _with_one_made(self, sent: QueryDict, place: str):
        """A record created in place and chosen; everything typed stays."""
        made = make_in_place(self.request, sent, self.get_form(), place)
        form, formsets = self._unjudged()
        form.fields[place].maker = made
        return self._again(form, formsets)

    def _again(self, form, formsets):
        return self.render_to_response(self.get_context_data(form=form, rows=formsets))

    def get_context_data(self, rows=None, **context):
        context = super().get_context_data(**context)
        form = context["form"]
        rows = self.formsets(form.instance) if rows is None else rows
        opened = self.sent.get("opened") if self.sent is not None else None
        if not opened:
            is_as_stored = self.pk is None or self.sent is None
            opened = self._opened(*((form, rows) if is_as_stored else self._stored())).sign()
        key = [self.entity.slug] if self.pk is None else [self.entity.slug, self.pk]
        return context | {
            "formsets": [{"title": one.heading, "formset": one, "help": ""} for one in rows],
            "title": self.heading(),
            "cancel_url": self.address("detail", self.pk) if self.pk else self.address("list"),
            "meeting": getattr(self, "meeting", None),
            "opened": opened,
            "draft": self.draft,
            "draft_url": reverse("draft", args=key),
            "drop_url": reverse("draft-drop", args=key),
        }


class EntityCreate(EntityFormMixin, CreateView):
    action = "add"

    def heading(self) -> str:
        return capfirst(_("new: %(kind)s") % {"kind": self.entity.singular})

    @cached_property
    def before(self):
        """The record saved just before, from which what usually stays is taken."""
        asked = self.request.GET.get("after", "")
        rows = self.entity.queryset(self.request.user)
        return rows.filter(pk=asked).first() if is_key(asked) else None

    def get_initial(self):
        initial = super().get_initial() | self._of_the_reader()
        if self.before is not None and hasattr(self.entity.form, "kept_from"):
            initial |= self.entity.form.kept_from(self.before, self.request.user)
        asked = self.request.GET
        for name in asked.keys() & self.entity.form.base_fields.keys() - {"version"}:
            several = isinstance(self.entity.form.base_fields[name], ModelMultipleChoiceField)
            initial[name] = asked.getlist(name) if several else asked[name]
        return initial

    def _of_the_reader(self) -> dict:
        """Most records are of the union of whoever enters them."""
        owner = self.entity.form.base_fields.get("union")
        return {"union": self.request.user.union_id} if owner is not None and owner.required else {}

    def row_kwargs(self, formset) -> dict:
        if self.sent is not None or self.before is None or not hasattr(formset, "kept_from"):
            return {}
        return {"initial": formset.kept_from(self.before, self.request.user)}

    def get_context_data(self, **context):
        return super().get_context_data(may_log_another=True, before=self.before, **context)

    def next_address(self) -> str:
        if "next" not in self.request.POST:
            return super().next_address()
        return f"{self.address('new')}?{urlencode({'after': self.object.pk})}"


class EntityUpdate(EntityFormMixin, UpdateView):
    action = "change"

    def heading(self) -> str:
        return str(self.object)
