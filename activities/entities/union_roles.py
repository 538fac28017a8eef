"""The rows of our unions that are entered with an activity: who led, who cooperated, and each one's own people."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity, Delegation, UnionRole
from unionrelations.kit.forms import RowForm
from unionrelations.kit.rows import RowFormSet


class UnionRoleForm(RowForm):
    entered_by = ("union", "people")

    class Meta:
        model = UnionRole
        fields = ("union", "part", "people")

    def _get_validation_exclusions(self):
        # Who leads is asked of all rows together: two rows may swap places in one submission.
        return {*super()._get_validation_exclusions(), "part"}


class UnionRoleFormSet(RowFormSet):
    """The unions of ours that took part. Unions out of the user's reach are neither shown nor touched."""

    heading = gettext_lazy("Our unions and their own people")

    add_words = gettext_lazy("Add a cooperating union")
    new_row: ClassVar = {"part": UnionRole.Part.COOPERATING}  # what a row added later begins with

    def __init__(self, *args, user, **kwargs):
        self.user = user
        self.is_new = kwargs["instance"].pk is None
        mine = [{"union": user.union_id, "part": UnionRole.Part.LEAD}]
        initial = kwargs.pop("initial", mine if self.is_new else [])
        self.extra = len(initial)
        super().__init__(
            *args,
            queryset=UnionRole.objects.visible_to(user).select_related("union"),
            form_kwargs={"user": user},
            initial=initial,
            **kwargs,
        )

    @staticmethod
    def kept_from(record, user) -> list[dict]:
        """The unions of a record, for the next one: their people differ each time."""
        rows = UnionRole.objects.visible_to(user).filter(activity=record.pk)
        return [{"union": one.union_id, "part": one.part} for one in rows]

    def clean(self):
        super().clean()
        if any(one.instance.pk is None for one in self.initial_forms):
            raise ValidationError(_("A row here does not belong to this record. Open the form again."))
        if any(self.errors):
            return
        stay = [one for one in self.forms if one.cleaned_data.get("union") and not one.cleaned_data.get("DELETE")]
        if not stay:
            raise ValidationError(_("Name at least one union of ours that took part."))
        leads = sum(one.cleaned_data["part"] == UnionRole.Part.LEAD for one in stay)
        if self.instance.pk:
            unseen = UnionRole.objects.filter(activity=self.instance).exclude(pk__in=self.queryset.values("pk"))
            leads += unseen.filter(part=UnionRole.Part.LEAD).count()
        if leads > 1:
            raise ValidationError(_("Only one union leads an activity; the others cooperate."))

    def save(self, commit=True):
        self._count_from_list()
        # Whoever gives up the lead does so before another takes it. Stored rows stay before new ones, and which are
        # taken out is told by their places, so it is asked anew.
        self.forms = [*sorted(self.initial_forms, key=_leads), *sorted(self.extra_forms, key=_leads)]
        vars(self).pop("_deleted_form_indexes", None)
        return super().save(commit)

    def _count_from_list(self):
        """A new delegation we sent, listed by name: whom the others do not claim, the lead sent. Typed numbers stay."""
        if not self.is_new or getattr(self.instance, "direction", "") != Delegation.Direction.OUT:
            return
        rows = [one for one in self.forms if one.cleaned_data.get("union") and not one.cleaned_data.get("DELETE")]
        lead = next((one for one in rows if one.cleaned_data["part"] == UnionRole.Part.LEAD), None)
        others = [one.cleaned_data["people"] for one in rows if one is not lead]
        if lead is None or lead.cleaned_data["people"] is not None or None in others:
            return
        lead.instance.people = max(self.instance.members.count() - sum(others), 0) or None


def _leads(row) -> bool:
    return row.cleaned_data.get("part") == UnionRole.Part.LEAD and not row.cleaned_data.get("DELETE")


UnionRoles = forms.inlineformset_factory(
    Activity, UnionRole, form=UnionRoleForm, formset=UnionRoleFormSet, extra=1, can_delete=True
)
