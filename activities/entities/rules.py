"""The faces of a union's rules: whether activities ask for leave, and the limits beyond which a trip needs a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.models import RuleSet
from unionrelations.accounts.entities.filters import OfUnionFilterSet
from unionrelations.kit.entities import Entity
from unionrelations.kit.forms import EntityForm
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, LinkColumn

from .importing import RuleSetImporter

AS_ABOVE = _("as the union above has it")
FIELDS = (
    *("union", "by_steps", "most_days", "most_people", "most_countries", "most_trips", "years_between", "days_ahead"),
    *("leaders_apart", "leading_titles", "note"),
)


class RuleSetFilters(OfUnionFilterSet):
    class Meta:
        model = RuleSet
        fields = ("by_steps",)


class RuleSetTable(EntityTable):
    slug = "rules"
    union = LinkColumn()
    offered = ("leaders_apart", "leading_titles", "note", "changed_at")

    class Meta(EntityTable.Meta):
        model = RuleSet
        fields = (*FIELDS, "changed_at")


class RuleSetForm(EntityForm):
    class Meta:
        model = RuleSet
        fields = FIELDS
        widgets = {"leading_titles": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("by_steps", "leaders_apart"):
            (unsaid, _unknown), *said = self.fields[name].widget.choices
            self.fields[name].widget.choices = [(unsaid, AS_ABOVE), *said]


class RuleSetSerializer(EntitySerializer):
    class Meta:
        model = RuleSet
        fields = ("id", *FIELDS)


RULES = Entity(
    slug="rules",
    icon="flag",
    model=RuleSet,
    filterset=RuleSetFilters,
    table=RuleSetTable,
    serializer=RuleSetSerializer,
    form=RuleSetForm,
    facts=FIELDS,
    about=_(
        "What a union leaves empty is as the nearest union above has it, else as is customary. Limits are never walls: "
        "going beyond one needs a reason."
    ),
    importers=(RuleSetImporter(),),
)
