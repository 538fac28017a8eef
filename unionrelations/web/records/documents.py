"""The page of a source document: its facts, what was read from it, and the way to read more."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from .pages import EntityDetail


class DocumentPage(EntityDetail):
    def _acts(self):
        if self.request.user.has_perm("activities.add_reportedfigure"):
            yield _("Read figures from its text"), reverse("documents-read", args=[self.object.pk]), "quote"
        yield from super()._acts()
