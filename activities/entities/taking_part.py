"""What stands around an activity and is chosen in its form: who took part, and what it realises and carries out.

Never knows a field of the activity itself.
"""

from __future__ import annotations

from activities.models import ActivityCountry, CarriedOut, PartnerRole, Realisation, SourceLink

from .member_list import keep_people


class TakingPart:
    """The half of an activity's form that keeps rows of other tables."""

    def _save_m2m(self):
        super()._save_m2m()
        if "members" in self.changed_data:
            keep_people(self.instance.pk, self.people, first_heads=self.first_heads)
        self._keep(PartnerRole, "partner", self.cleaned_data["partners"])
        self._keep(ActivityCountry, "country", self.cleaned_data["countries"])
        if "agreements" in self.changed_data:
            self._keep_agreements()
        self._keep(Realisation, "line", self.cleaned_data["realises"])
        if self.cleaned_data.get("document"):
            SourceLink.objects.create(
                document=self.cleaned_data["document"],
                place=self.cleaned_data["document_place"],
                activity_id=self.instance.pk,
            )

    def _keep_agreements(self) -> None:
        """As `_keep`, of those the person sees: agreements of others stay under the activity."""
        wanted = {one.pk for one in self.cleaned_data["agreements"]}
        rows = CarriedOut.objects.visible_to(self.user).filter(activity=self.instance.pk)
        for one in rows:
            if one.agreement_id not in wanted:
                one.delete()
        for pk in wanted - {one.agreement_id for one in rows}:
            CarriedOut.objects.create(activity_id=self.instance.pk, agreement_id=pk)

    def _keep(self, model, field: str, wanted) -> None:
        """Rows for what was chosen and no others the reader sees; a row that stays keeps the part it plays."""
        rows = model.objects.filter(activity=self.instance.pk)
        if model is Realisation:
            rows = rows.visible_to(self.user)  # another union's plan names it too, and that is theirs to say
        rows.exclude(**{f"{field}__in": wanted}).delete()
        present = set(rows.values_list(field, flat=True))
        for one in wanted:
            if one.pk not in present:
                model.objects.create(activity_id=self.instance.pk, **{field: one})
