"""Lists of the back office cut to a union with all below it. Offers the reader's own branches and no others."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from unionrelations.accounts.models import Union


class BranchFilter(admin.SimpleListFilter):
    """The reader's union and those directly under it, each with all that stand below."""

    title = _("union, with those below")
    parameter_name = "branch"

    def lookups(self, request, model_admin):
        unions = Union.objects.visible_to(request.user)
        if request.user.sees_everything:
            top = Q(parent=None) | Q(parent__parent=None)
        else:
            top = Q(pk=request.user.union_id) | Q(parent=request.user.union_id)
        self.unions = {str(one.pk): one for one in unions.filter(top)}
        return [(pk, one.label) for pk, one in self.unions.items()]

    def has_output(self):
        return len(self.lookup_choices) > 1

    def queryset(self, request, queryset):
        union = self.unions.get(self.value() or "")
        return queryset if union is None else self.of_branch(queryset, union)

    def of_branch(self, rows, union):
        if rows.scope_rows is not None:
            return rows.filter(**{f"{rows.scope_rows}__union": union})
        step = f"{rows.scope_path}__" if rows.scope_path else ""
        return rows.filter(**{f"{step}path__startswith": union.path})
