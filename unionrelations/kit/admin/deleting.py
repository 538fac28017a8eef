"""What would go along with a record, told as far as the reader sees. Never deletes."""

from __future__ import annotations

from django.contrib.admin.utils import NestedObjects, quote
from django.db import router
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from .widgets import OUTSIDE_REACH


class Going(NestedObjects):
    """Leaves out derived rows: nobody typed them, so nobody loses them."""

    derived: frozenset = frozenset()

    def can_fast_delete(self, objs, from_field=None):
        return getattr(objs, "model", None) in self.derived


def what_goes(objs, request, admin_site):
    """Django's four answers: nested lines, counts, kinds the reader may not delete, rows that forbid it."""
    if not objs:
        return [], {}, set(), []
    collector = Going(using=router.db_for_write(type(objs[0])), origin=objs)
    collector.derived = frozenset(m for m, one in admin_site._registry.items() if getattr(one, "derived", False))
    collector.collect(objs)
    forbidden = set()

    def line(one):
        if not _may_go(one, request, admin_site):
            forbidden.add(one._meta.verbose_name)
        return _line(one, request, admin_site)

    nested = collector.nested(line)
    protected = [_line(one, request, admin_site) for one in collector.protected]
    counts = {model._meta.verbose_name_plural: len(rows) for model, rows in collector.model_objs.items()}
    return nested, counts, forbidden, protected


def _may_go(one, request, admin_site) -> bool:
    keeper = admin_site._registry.get(type(one))
    if keeper is None or getattr(keeper, "goes_with_owner", False):
        return True
    return keeper.has_delete_permission(request, one)


def _line(one, request, admin_site):
    kind = capfirst(one._meta.verbose_name)
    keeper = admin_site._registry.get(type(one))
    if keeper is None:
        return f"{kind}: {one}"
    if hasattr(keeper, "is_seen") and not keeper.is_seen(request, one):
        return f"{kind}: {OUTSIDE_REACH}"
    address = reverse(f"{admin_site.name}:{one._meta.app_label}_{one._meta.model_name}_change", args=(quote(one.pk),))
    return format_html('{}: <a href="{}">{}</a>', kind, address, one)
