"""Questions about the papers of activities and the files of documents. Never knows who asks, nor why."""

from __future__ import annotations

from django.db import transaction

from unionrelations.kit.kept_files import KeptFileQuerySet
from unionrelations.kit.scoping import ScopedQuerySet

from .restrictions import HeldBackQuerySet


class PaperQuerySet(HeldBackQuerySet, KeptFileQuerySet):
    """Read by whoever reads the activity."""

    scope_rows = "activity__scopes"

    def for_listing(self):
        return self.select_related("activity", "uploaded_by")

    def delete(self):
        activity = self.model._meta.get_field("activity").related_model
        left = set(self.order_by().values_list("activity_id", flat=True))
        with transaction.atomic():
            activity._default_manager.hold(left)
            gone = super().delete()
            activity._meta.get_field("scopes").related_model.objects.note_reports(left)
        return gone

    delete.alters_data = True
    delete.queryset_only = True


class DocumentFileQuerySet(ScopedQuerySet, KeptFileQuerySet):
    """Read with the document, and written with it: what is only handed down from above is read."""

    scope_path = "document__union"
    handed_down = True

    def for_listing(self):
        return self.select_related("document", "uploaded_by")
