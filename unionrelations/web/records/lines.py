"""The page on which all rows under a record are typed at once. Never names an entity."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.generic import FormView

from unionrelations.deeds.parts import hold
from unionrelations.web.models import Undo

from .parts import PartMixin


class PartLines(PartMixin, FormView):
    page = "part"
    action = "change"

    def get_permission_required(self):
        every = (self.section.permission(one) for one in ("add", "change", "delete"))
        return (self.entity.permission("view"), *every)

    def get_form_class(self):
        return self.section.lines

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"record": self.record, "user": self.request.user}

    def get_template_names(self):
        return ["records/lines.html"]

    def get_context_data(self, **context):
        return super().get_context_data(title=_("Type several at once"), **context)

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        hold(self.record)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        gone, step = form.left_out(), None
        if gone:
            said = _("Removed: %(row)s") % {"row": "; ".join(str(one) for one in gone)}
            step = Undo.objects.keep(self.request.user, said, gone, deleted=True)
        form.keep()
        return self.changed(_("Saved: %(row)s") % {"row": self.section.title}, step)
