"""An agreement's faces: how it is filtered, listed, entered and served."""

from datetime import timedelta
from operator import methodcaller

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from partners.models import Agreement, AgreementEvent, AgreementParty, Partner
from partners.standing import Standing, is_called_a_treaty
from unionrelations.accounts.entities.filters import OfUnionFilterSet
from unionrelations.kit.entities import Entity, Section, Under
from unionrelations.kit.filters import DayFilter, PeriodFilterSet, SeveralRecords
from unionrelations.kit.forms import ROWS, EntityForm, PartForm, RowForm
from unionrelations.kit.rows import RowFormSet
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import DayColumn, EntityTable, LinkColumn, ManyColumn, TitledColumn

from .importing import AgreementImporter

SAID = ("title", "kind", "content")
SIGNED = ("signed_from", "signed_to", "signed_words", "signed_at", "languages")
ALLOWED = ("in_name_of", "approved_by", "is_authorised", "authority")
LASTS = ("in_force_from", "in_force_to", "duration")
RENEWED = ("renewal_started_on", "renewal_by", "renewal_note")
FIELDS = (*SAID, *SIGNED, *ALLOWED, *LASTS, *RENEWED, "note", "code")
PILLS = {
    Standing.IN_FORCE: "pill-ok",
    Standing.NOT_YET: "pill-open",
    Standing.SUSPENDED: "pill-warn",
    Standing.EXPIRED: "pill-quiet",
    Standing.ENDED: "pill-quiet",
}


EXPIRES_SOON = 180  # days


class AgreementFilters(OfUnionFilterSet, PeriodFilterSet):
    """The period asked for is that of signing."""

    first_day, last_day = "signed_from", "signed_to"

    partner = SeveralRecords(method="with_partner", queryset=Partner.objects.all(), label=_("Partner"))
    force = filters.ChoiceFilter(
        choices=(
            *Standing.choices,
            ("expiring", _("expires within six months")),
            ("untouched", _("expires within six months, renewal not begun")),
            ("open", _("no last day stated")),
        ),
        method="so_in_force",
        label=_("Validity"),
    )

    ends_from = DayFilter(method="ending_from", label=_("Ends on or after"))
    ends_by = DayFilter(method="ending_by", label=_("Ends on or before"))

    class Meta:
        model = Agreement
        fields = ("partner",)

    def with_partner(self, queryset, name, value: list):
        return queryset.filter(pk__in=AgreementParty.objects.filter(partner__in=value).values("agreement_id"))

    def so_in_force(self, queryset, name, value):
        if value in Standing.values:
            return queryset.filter(standing=value)
        if value == "open":
            return queryset.filter(last_day__isnull=True)
        soon = self.spans.today + timedelta(EXPIRES_SOON)
        expiring = queryset.filter(standing=Standing.IN_FORCE, last_day__lte=soon)
        return expiring.filter(renewal_started_on__isnull=True) if value == "untouched" else expiring

    def ending_from(self, queryset, name, value):
        return queryset.filter(last_day__gte=value)

    def ending_by(self, queryset, name, value):
        return queryset.filter(last_day__lte=value)


class StandingColumn(tables.Column):
    """How it stands on the reader's day."""

    def __init__(self):
        super().__init__(accessor="standing", verbose_name=_("Standing today"), order_by=("standing", "pk"))

    def render(self, value):
        return format_html('<span class="pill {}">{}</span>', PILLS[value], capfirst(Standing(value).label))

    def value(self, value):
        return Standing(value).label


class AgreementTable(EntityTable):
    slug = "agreements"
    title = LinkColumn()
    parties = ManyColumn(lambda one: one.parties.all(), verbose_name=_("Parties"))
    standing = StandingColumn()
    last_day = DayColumn(verbose_name=_("Last day known"))
    signatories = ManyColumn(
        lambda one: [side.signed_by for side in one.parties.all() if side.signatory],
        verbose_name=_("Signed by, all sides"),
    )
    offered = (
        *("signatories", "content", "signed_to", "signed_words", "signed_at", "languages", *ALLOWED),
        *("in_force_from", "in_force_to", "duration", *RENEWED, "code", "note", "changed_at"),
    )

    class Meta(EntityTable.Meta):
        model = Agreement
        fields = (
            *("title", "kind", "parties", "signed_from", "standing", "last_day", "signatories", "content"),
            *("signed_to", "signed_words", "signed_at", "languages", *ALLOWED),
            *("in_force_from", "in_force_to", "duration", *RENEWED, "code", "note", "changed_at"),
        )


class AgreementForm(EntityForm):
    """A kind or title that the law keeps for treaties is warned against once; sent again, it is saved."""

    seen_warnings = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)

    grouped = (
        ("", SAID, True),
        (_("Signing"), SIGNED, True),
        (_("Parties"), ROWS, True),
        (_("In whose name and by whose leave"), ALLOWED, True),
        (_("In force"), LASTS, True),
        (_("Renewal"), RENEWED, False),
    )

    class Meta:
        model = Agreement
        fields = FIELDS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        suggested = gettext("Usual names: %(names)s.")
        self.fields["kind"].help_text = suggested % {"names": ", ".join(Agreement.SUGGESTED_KINDS)}

    def _post_clean(self):
        super()._post_clean()
        treaty = next((one for one in ("kind", "title") if self._is_treaty(one)), None)
        said = f"{self.cleaned_data.get('kind')} {self.cleaned_data.get('title')}"
        if self.errors or treaty is None or self.cleaned_data.get("seen_warnings") == said:
            return
        typed = self.data.copy()  # type: ignore[attr-defined]
        typed[self.add_prefix("seen_warnings")] = said
        self.data = typed
        warning = gettext(
            "Công ước, hiệp ước, định ước and hiệp định are names that the law keeps for treaties between states; a "
            "union signs agreements. If the paper really bears the name, save again."
        )
        self.add_error(treaty, ValidationError(warning, code="advice"))

    def _is_treaty(self, name: str) -> bool:
        """Whether it was typed anew and begins with such a word."""
        return name in self.changed_data and is_called_a_treaty(self.cleaned_data.get(name) or "")


class AgreementPartyForm(RowForm):
    entered_by = ("union", "partner", "signatory", "signatory_title")

    class Meta:
        model = AgreementParty
        fields = ("union", "partner", "signatory", "signatory_title")


class AgreementPartyFormSet(RowFormSet):
    """Both sides. Unions of ours out of the user's reach are neither shown nor touched."""

    heading = _("Parties and who signed for them")

    def __init__(self, *args, user, **kwargs):
        initial = [] if kwargs["instance"].pk or user.union_id is None else [{"union": user.union_id}]
        mine = AgreementParty.objects.exclude(union__isnull=False, union__in=_beyond(user))
        super().__init__(*args, form_kwargs={"user": user}, initial=initial, queryset=mine, **kwargs)

    def clean(self):
        super().clean()
        if any(self.errors):
            return
        stay = [one for one in self.forms if one.cleaned_data and not one.cleaned_data.get("DELETE")]
        if not any(one.cleaned_data.get("union") for one in stay):
            raise ValidationError(gettext("Name at least one union of ours that is a party."))


def _beyond(user):
    unions = AgreementParty._meta.get_field("union").related_model.objects
    return unions.exclude(pk__in=unions.visible_to(user).values("pk")).values("pk")


AgreementParties = forms.inlineformset_factory(
    Agreement, AgreementParty, form=AgreementPartyForm, formset=AgreementPartyFormSet, extra=2
)


class AgreementSerializer(EntitySerializer):
    """With how it stands today, and the last day known today."""

    standing = serializers.ChoiceField(choices=Standing.choices, read_only=True)
    last_day = serializers.DateField(read_only=True, allow_null=True)

    class Meta:
        model = Agreement
        fields = ("id", *FIELDS, "standing", "last_day")


class PartyTable(EntityTable):
    class Meta(EntityTable.Meta):
        model = AgreementParty
        fields = ("union", "partner", "signatory", "signatory_title")
        orderable = False


class EventForm(PartForm):
    owner = "agreement"

    class Meta:
        model = AgreementEvent
        fields = ("kind", "day", "until", "heir", "heir_partner", "note")


class EventTable(EntityTable):
    kind = TitledColumn(lambda one: [one.note])

    class Meta(EntityTable.Meta):
        model = AgreementEvent
        fields = ("kind", "day", "until", "heir", "heir_partner")
        orderable = False


AGREEMENTS = Entity(
    slug="agreements",
    icon="agreement",
    model=Agreement,
    filterset=AgreementFilters,
    table=AgreementTable,
    serializer=AgreementSerializer,
    form=AgreementForm,
    formsets=(AgreementParties,),
    facts=FIELDS,
    sections=(
        Section(
            _("Parties"),
            Under(AgreementParty, "agreement", methodcaller("select_related", "union", "partner")),
            PartyTable,
            slug="parties",
            icon="partner",
        ),
        Section(
            _("What became of it"),
            Under(
                AgreementEvent,
                "agreement",
                lambda rows: rows.select_related("heir", "heir_partner").order_by("day", "pk"),
            ),
            EventTable,
            slug="events",
            form=EventForm,
            icon="history",
            empty=_("Nothing has happened to it since: not amended, extended, ended or inherited."),
        ),
    ),
    about=_("A paper signed with partners: who signed, when, and until when it holds."),
    views=(
        (_("In force"), "force=in"),
        (_("Expires within six months"), "force=expiring"),
        (_("Expires, renewal not begun"), "force=untouched"),
        (_("Expired"), "force=expired"),
        (_("Suspended"), "force=suspended"),
    ),
    bulk=("kind",),
    importers=(AgreementImporter(),),
)
