"""The page on which any Entity is deleted. Never names an entity."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.db.models import ProtectedError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import DeleteView

from unionrelations.kit.deleting import what_rests_on

from .models import Undo
from .writing import WritingMixin


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
