"""The bases every admin page extends. Each list, choice, row and deletion starts from `visible_to`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, partial
from typing import ClassVar

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR
from django.contrib.admin.widgets import AdminTextInputWidget, RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from unionrelations.kit.folding import FindableQuerySet
from unionrelations.kit.kept_files import KeptFile
from unionrelations.kit.records import Record

from .deleting import what_goes
from .forms import RecordForm, ScopedFormSet
from .widgets import NamedSelect, OfferingInput

TEXT_ROWS = 5
BOX = 22  # characters shown of a text in a row
LONG = 250  # characters: a title, which deserves a wide box
MOST_OFFERED = 100  # a longer list helps nobody choose


class Scoped:
    """What a page and the rows inside it share: choices cut to the reader, and words offered again."""

    # Texts of an open vocabulary: field → further columns ("app.Model.field") beside its own that hold such words.
    offers: ClassVar[dict[str, tuple[str, ...]]] = {}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in self.offers:
            kwargs["widget"] = OfferingInput(cache(partial(self.offered, db_field.name, request.user)))
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:  # a column nobody edits
            return None
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False  # a slip beside a choice must not delete what others point at
        elif isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = TEXT_ROWS
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        choices = db_field.remote_field.model._default_manager.all()
        mine = self.model._default_manager.all()
        if mine.handed_down and (mine.scope_path or "").startswith(f"{db_field.name}__"):
            choices = choices.writable_by(request.user)  # a line is added to a plan of one's own only
        else:
            choices = choices.visible_to(request.user)
        kwargs.setdefault("queryset", choices)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", NamedSelect(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def offered(self, name: str, user) -> list[str]:
        """Words already in the records this reader sees, the most used first."""
        words: dict[str, None] = {}
        for column in (f"{self.model._meta.label}.{name}", *self.offers[name]):
            label, _dot, field = column.rpartition(".")
            rows = apps.get_model(label)._default_manager.visible_to(user).exclude(**{field: ""})
            used = rows.order_by().values(field).annotate(times=Count("pk")).order_by("-times", field)
            words |= dict.fromkeys(used.values_list(field, flat=True)[:MOST_OFFERED])
        return list(words)


def _without(lines, apart: set[str]) -> list:
    """The lines of a form, each a field or several side by side, without some fields."""
    kept = (one if isinstance(one, str) else tuple(name for name in one if name not in apart) for one in lines)
    return [one for one in kept if one and one not in apart]


class ScopedAdmin(Scoped, admin.ModelAdmin):
    form = RecordForm
    list_per_page = 25  # as many as a list of the house
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    empty_value_display = "—"
    search_help_text = _("Accents, capitals and hyphens do not matter.")

    search_through: ClassVar[tuple[str, ...]] = ()  # relations to findable rows whose names find this one too
    known_once_saved: ClassVar[tuple[str, ...]] = ()  # read-only fields that a new record cannot have yet
    goes_with_owner: ClassVar[bool] = False  # deleted along without a permission of its own
    derived: ClassVar[bool] = False  # worked out from other rows

    def get_queryset(self, request):
        return self.model._default_manager.visible_to(request.user).for_listing()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        is_text = isinstance(db_field, models.CharField) and not db_field.choices
        if field and is_text and (db_field.max_length or 0) >= LONG:
            field.widget.attrs["class"] = "vLargeTextField"
        return field

    def get_object(self, request, object_id, from_field=None):
        if request.method == "POST" and issubclass(self.model, Record):
            self._hold(object_id)
        try:
            return super().get_object(request, object_id, from_field)
        except OverflowError:  # a number no column holds is nobody's key
            return None

    def _hold(self, object_id) -> None:
        """Keeps two savers apart until the first is done, so that the second sees the new edit number."""
        try:
            pk = self.model._meta.pk.to_python(object_id)
        except ValidationError:
            return
        list(self.model._base_manager.select_for_update().filter(pk=pk).values_list("version"))

    # --- who may

    def is_seen(self, request, one) -> bool:
        return self.model._default_manager.visible_to(request.user).filter(pk=one.pk).exists()

    def is_writable(self, request, one) -> bool:
        if one is None or one.pk is None:
            return True
        known = one.__dict__.setdefault("_writable_by", {})
        if request.user.pk not in known:
            rows = self.model._default_manager.writable_by(request.user)
            known[request.user.pk] = rows.filter(pk=one.pk).exists()
        return known[request.user.pk]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.is_writable(request, obj)

    def has_delete_permission(self, request, obj=None):
        if not super().has_delete_permission(request, obj) or not self.is_writable(request, obj):
            return False
        if obj is None or obj.pk is None:
            return True
        return self.model._default_manager.removable_by(request.user).filter(pk=obj.pk).exists()

    # --- the page of one record

    def get_readonly_fields(self, request, obj=None):
        fields = tuple(super().get_readonly_fields(request, obj))
        return (*fields, *self._stamps()) if obj else fields

    def get_fieldsets(self, request, obj=None):
        apart = {"seen_version", *self._stamps(), *(() if obj else self.known_once_saved)}
        groups = [
            (title, {**group, "fields": _without(group["fields"], apart)})
            for title, group in super().get_fieldsets(request, obj)
        ]
        if obj is not None and self._stamps():
            groups.append((_("Record"), {"fields": [self._stamps()]}))
            if self.has_change_permission(request, obj):
                groups[0][1]["fields"].append("seen_version")
        return groups

    def _stamps(self) -> tuple[str, ...]:
        return ("created_at", "changed_at", "changed_by") if issubclass(self.model, Record) else ()

    def save_model(self, request, obj, form, change):
        if isinstance(obj, Record):
            obj.changed_by = request.user
        if isinstance(obj, KeptFile) and "file" in form.changed_data:
            obj.uploaded_by = request.user
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        for row in formset.forms:
            if isinstance(row.instance, Record):
                row.instance.changed_by = request.user
            elif isinstance(row.instance, KeptFile) and "file" in row.changed_data:
                row.instance.uploaded_by = request.user
        super().save_formset(request, form, formset, change)

    # --- finding

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        found = queryset.filter(self._matching(request, search_term))
        if isinstance(queryset, FindableQuerySet) and ORDER_VAR not in request.GET:
            found = found.best_first(search_term)
        return found, False

    def _matching(self, request, words: str) -> Q:
        rows = self.model._default_manager.all()
        if isinstance(rows, FindableQuerySet):
            by_itself = rows.holding(words)
        else:
            by_itself, _many = super().get_search_results(request, rows, words)
        match = Q(pk__in=by_itself.order_by().values("pk"))
        for path in self.search_through:
            model = self.model
            for step in path.split("__"):
                model = model._meta.get_field(step).related_model
            named = model._default_manager.visible_to(request.user).holding(words).order_by()
            match |= Q(pk__in=self.model._base_manager.filter(**{f"{path}__in": named.values("pk")}).values("pk"))
        return match

    # --- deleting

    def get_deleted_objects(self, objs, request):
        return what_goes(objs, request, self.admin_site)

    def delete_queryset(self, request, queryset):
        # Asked again by key: what cut the list to its reader joins other tables.
        self.model._default_manager.filter(pk__in=[one.pk for one in queryset]).delete()


class PartAdmin(ScopedAdmin):
    """A row that belongs to a record. Every change of it is an edit of that record, and it never moves to another."""

    part_of: ClassVar[str] = "activity"

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return (*fields, self.part_of) if obj else fields

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        self._edit_owners([obj])

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        self._edit_owners([obj])

    def delete_queryset(self, request, queryset):
        rows = list(queryset)
        super().delete_queryset(request, queryset)
        self._edit_owners(rows)

    def _edit_owners(self, rows: Iterable[models.Model]) -> None:
        column = self.model._meta.get_field(self.part_of)
        owners = {getattr(one, column.attname) for one in rows}
        column.related_model._base_manager.filter(pk__in=owners).update(version=F("version") + 1)


class ReadOnlyAdmin(ScopedAdmin):
    """Rows that no person writes."""

    goes_with_owner = True

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ScopedRows(Scoped):
    """Rows edited on the page of the record they belong to."""

    extra = 0
    formset = ScopedFormSet
    # The relation that says whose row it is: rows of others are neither shown nor touched.
    owner: ClassVar[str | None] = None

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is None:
            return None
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_view_related = False
        elif isinstance(field.widget, AdminTextInputWidget):
            field.widget.attrs |= {"class": "", "size": BOX}  # the admin's own box is too wide for a table
        return field

    def get_queryset(self, request):
        rows = self.model._default_manager.visible_to(request.user)
        if not self.has_view_or_change_permission(request):
            return rows.none()
        if self.owner is None:
            return rows
        theirs = self.model._meta.get_field(self.owner).related_model._default_manager.visible_to(request.user)
        return rows.filter(Q(**{f"{self.owner}__isnull": True}) | Q(**{f"{self.owner}__in": theirs.values("pk")}))


class ScopedTabular(ScopedRows, admin.TabularInline):
    pass


class ScopedStacked(ScopedRows, admin.StackedInline):
    pass
