"""An agreement's faces: how it is filtered, listed, entered and served."""

from datetime import timedelta

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partners.models import Agreement, AgreementEvent, AgreementParty, Partner
from unionrelations.accounts.entities.filters import OfUnionFilterSet
from unionrelations.kit.entities import Entity, Section
from unionrelations.kit.filters import PeriodFilterSet, SeveralRecords
from unionrelations.kit.forms import EntityForm, PartForm, RowForm
from unionrelations.kit.rows import RowFormSet
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, LinkColumn, ManyColumn

FIELDS = (
    "title",
    "kind",
    "content",
    "signed_from",
    "signed_to",
    "signed_words",
    "signed_at",
    "languages",
    "authority",
    "in_force_from",
    "in_force_to",
    "duration",
    "note",
    "code",
)


EXPIRES_SOON = 180  # days


class AgreementFilters(OfUnionFilterSet, PeriodFilterSet):
    """The period asked for is that of signing."""

    first_day, last_day = "signed_from", "signed_to"

    partner = SeveralRecords(method="with_partner", queryset=Partner.objects.all(), label=_("Partner"))
    force = filters.ChoiceFilter(
        choices=(
            ("in", _("in force")),
            ("expiring", _("expires within six months")),
            ("expired", _("expired")),
            ("open", _("no last day stated")),
        ),
        method="so_in_force",
        label=_("Validity"),
    )

    class Meta:
        model = Agreement
        fields = ("partner",)

    def with_partner(self, queryset, name, value: list):
        return queryset.filter(pk__in=AgreementParty.objects.filter(partner__in=value).values("agreement_id"))

    def so_in_force(self, queryset, name, value):
        """Without a first day it is taken to be in force from its signing; without a last day, until it ends."""
        today = self.spans.today
        if value == "open":
            return queryset.filter(in_force_to__isnull=True)
        if value == "expired":
            return queryset.filter(in_force_to__lt=today)
        begun = Q(in_force_from__lte=today) | Q(in_force_from__isnull=True, signed_to__lte=today)
        running = queryset.filter(begun, Q(in_force_to__gte=today) | Q(in_force_to__isnull=True))
        if value == "in":
            return running
        return running.filter(in_force_to__lte=today + timedelta(EXPIRES_SOON))


class AgreementTable(EntityTable):
    slug = "agreements"
    title = LinkColumn()
    parties = ManyColumn(lambda one: one.parties.all(), verbose_name=_("Parties"))
    offered = ("signed_at", "duration", "authority", "code", "note", "changed_at")

    class Meta(EntityTable.Meta):
        model = Agreement
        fields = (
            *("title", "kind", "parties", "signed_from", "in_force_from", "in_force_to"),
            *("signed_at", "duration", "authority", "code", "note", "changed_at"),
        )


class AgreementForm(EntityForm):
    class Meta:
        model = Agreement
        fields = FIELDS


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
            raise ValidationError(_now("Name at least one union of ours that is a party."))


def _beyond(user):
    unions = AgreementParty._meta.get_field("union").related_model.objects
    return unions.exclude(pk__in=unions.visible_to(user).values("pk")).values("pk")


AgreementParties = forms.inlineformset_factory(
    Agreement, AgreementParty, form=AgreementPartyForm, formset=AgreementPartyFormSet, extra=2
)


class AgreementSerializer(EntitySerializer):
    class Meta:
        model = Agreement
        fields = ("id", *FIELDS)


class PartyTable(EntityTable):
    class Meta(EntityTable.Meta):
        model = AgreementParty
        fields = ("union", "partner", "signatory", "signatory_title")
        orderable = False


class EventForm(PartForm):
    owner = "agreement"

    class Meta:
        model = AgreementEvent
        fields = ("kind", "day", "heir", "note")


class EventTable(EntityTable):
    class Meta(EntityTable.Meta):
        model = AgreementEvent
        fields = ("day", "kind", "heir", "note")
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
            lambda one, user: AgreementParty.objects.visible_to(user).filter(agreement=one.pk),
            PartyTable,
            slug="parties",
            icon="partner",
        ),
        Section(
            _("What became of it"),
            lambda one, user: AgreementEvent.objects.visible_to(user).filter(agreement=one.pk),
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
        (_("Expired"), "force=expired"),
    ),
    bulk=("kind",),
)
