"""Changing many records of an Entity at once: what is asked, what it would do, and only then doing it.

Every record is saved as one form would save it, all in one transaction, and the whole can be undone.
"""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from django_filters.views import FilterMixin

from unionrelations.kit.acts import Way, doing
from unionrelations.kit.bulk import BulkForm, Change, change_of

from .asked import address, notes_on
from .entities import FilteredMixin
from .models import Undo

AT_ONCE = 200  # records; each is saved by itself, and a person still reads what changes


class EntityBulk(FilteredMixin, FilterMixin, TemplateView):
    """Comes from the ticked rows of a list, or from all that fit its filters; its address is that list's."""

    action = "change"
    page = "bulk"
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        step = request.POST.get("step", "")
        form = BulkForm(
            request.POST if step else None, model=self.entity.model, names=self.entity.bulk, user=request.user
        )
        seen = self.versions_seen()
        if not step or not form.is_valid():
            return self._page(form, self.records(seen))
        if step == "apply":
            return self._apply(form, seen)
        return self._page(form, self.records(seen), self.changes(form, seen))

    def versions_seen(self) -> dict[int, int | None]:
        """The chosen records, each with the edit number the person was shown, once they were shown one."""
        chosen = {}
        for sent in self.request.POST.getlist("pk"):
            pk, _colon, version = sent.partition(":")
            if not pk.isdecimal() or not (version == "" or version.isdecimal()) or len(sent) > 36:
                raise BadRequest(_("These rows cannot be read. Go back to the list and tick them again."))
            chosen[int(pk)] = int(version) if version else None
        if "all" in self.request.POST and not self.request.POST.get("step"):
            chosen = dict.fromkeys(self.all_that_fit())
        return chosen

    def all_that_fit(self) -> list[int]:
        filterset = self.get_filterset(self.filterset_class)
        rows = filterset.qs
        if filterset.is_bound and not filterset.is_valid():
            raise BadRequest(" ".join(notes_on(filterset, self.request.GET, set(self.request.GET))))
        return list(rows.values_list("pk", flat=True)[: AT_ONCE + 1])

    def records(self, chosen) -> list:
        if len(chosen) > AT_ONCE:
            return []
        return list(self.get_queryset().filter(pk__in=chosen))

    def changes(self, form, chosen) -> list[Change]:
        """What would become of each: not of what is only read here, nor of what somebody changed meanwhile."""
        records = self.records(chosen)
        mine = self.entity.model._default_manager.writable_by(self.request.user)
        writable = set(mine.filter(pk__in=[one.pk for one in records]).values_list("pk", flat=True))
        wanted, changes = form.wanted(), []
        for one in records:
            if one.pk not in writable:
                changes.append(Change(one, [], _("It belongs to a union above yours: read here, changed there.")))
            elif chosen[one.pk] not in (None, one.version):
                changes.append(Change(one, [], _("Somebody changed it meanwhile. Look at it first.")))
            else:
                changes.append(change_of(one, wanted))
        return changes

    def _apply(self, form, chosen):
        user, model = self.request.user, self.entity.model
        with transaction.atomic():
            # Whoever saves one of them meanwhile waits here, and then sees this edit.
            list(model._base_manager.select_for_update().filter(pk__in=list(chosen)).values_list("pk"))
            changes = [one for one in self.changes(form, chosen) if one.differences or one.refused]
            happening = [one.record for one in changes if one.happens]
            if not happening:
                messages.warning(self.request, _("Nothing was changed."))
                return redirect(self.back())
            fields = ", ".join(capfirst(str(form.columns[name].verbose_name)) for name in form.wanted())
            said = ngettext(
                "%(fields)s changed on %(n)s record", "%(fields)s changed on %(n)s records", len(happening)
            ) % {"fields": fields, "n": len(happening)}
            undo = Undo.objects.keep(user, said, happening)
            with doing(Way.BULK, said):
                for record in happening:
                    for name, value in form.wanted().items():
                        setattr(record, name, value)
                    record.changed_by = user
                    record.save()
        messages.success(self.request, said, extra_tags=undo.url)
        if refused := len(changes) - len(happening):
            left = ngettext("%(n)s record was left as it was.", "%(n)s records were left as they were.", refused)
            messages.warning(self.request, left % {"n": refused})
        return redirect(self.back())

    def back(self) -> str:
        return f"{self.address('list')}{address(self.request.GET)}".removesuffix("?")

    def _page(self, form, records, changes=None):
        too_many = len(self.versions_seen()) > AT_ONCE
        context = self.get_context_data(
            form=form,
            records=records,
            changes=changes,
            happening=sum(one.happens for one in changes or ()),
            refused=[one for one in changes or () if one.refused],
            same=sum(not one.differences and not one.refused for one in changes or ()),
            too_many=too_many,
            most=AT_ONCE,
            back=self.back(),
        )
        return self.render_to_response(context, status=422 if form.is_bound and not form.is_valid() else 200)
