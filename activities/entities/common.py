"""What the faces of all kinds of activity share. Never knows a single kind."""

from __future__ import annotations

from functools import cache

import django_tables2 as tables
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from activities.models import Activity, CarriedOut, Paper, PlanLine, Realisation, Rules, SourceDocument, SourceLink
from partners.entities.partners import NewPartner
from partners.models import Agreement, Country, Partner
from unionrelations.kit.choosing import RecordField, RecordsField
from unionrelations.kit.serializers import EntitySerializer
from unionrelations.kit.tables import EntityTable, LinkColumn, ManyColumn, NamesColumn, PeopleColumn, WhenColumn

from .advice import AdvisedForm
from .log_kinds import LogKind, log_kind_of
from .member_list import in_lines, read_people
from .read_back import ReadBack
from .restricting import Restricting
from .taking_part import TakingPart
from .titles import suggested_title

SHARED_FACTS = (
    "status",
    "closed_at",
    "when",
    "days",
    "date_words",
    "mode",
    "place",
    "activity_countries",
    "partner_roles",
    "union_roles",
    "content",
    "on_plan",
    "off_plan_reason",
    "part_of",
    "counts_as",
    "code",
    "note",
)


class ActivityTable(EntityTable):
    """Slugs of the pages are the kinds' own, so one table serves them all."""

    tells_of_rows_alone = True
    offered = ("own_people", "days", "mode", "place", "on_plan", "counts_as", "report", "code", "note", "changed_at")

    SLUGS = {
        Activity.Kind.DELEGATION: "delegations",
        Activity.Kind.CONFERENCE: "conferences",
        Activity.Kind.COURSE: "courses",
    }

    title = LinkColumn(sub=lambda one: kind_in_words(one), verbose_name=gettext_lazy("Activity"))
    unions = NamesColumn("union_roles", "union", verbose_name=gettext_lazy("Unions"))
    partners = NamesColumn("partner_roles", "partner", once=True, verbose_name=gettext_lazy("Partners"))
    countries = NamesColumn(
        "activity_countries", "country", verbose_name=gettext_lazy("Countries"), attrs={"td": {"class": "names"}}
    )
    when = WhenColumn()
    status = tables.Column(verbose_name=gettext_lazy("Status"))
    own_people = PeopleColumn(
        accessor="people_in_reach", verbose_name=gettext_lazy("Own people"), order_by=("people_in_reach", "pk")
    )
    days = tables.Column(verbose_name=gettext_lazy("Days"), orderable=False, attrs=PeopleColumn.attrs_num)
    report = ManyColumn(
        lambda one: [paper for paper in one.papers.all() if paper.kind == Paper.Kind.TRIP_REPORT],
        needs=("papers",),
        verbose_name=gettext_lazy("Trip report"),
    )

    UNREAD = ("created_at", "changed_by", "date_words", "closed_at", "off_plan_reason", "part_of", "content")
    READ_WHERE_SHOWN = ("mode", "place", "on_plan", "code", "note", "changed_at")

    PILLS = dict.fromkeys(("submitted", "approved", "under_way"), "pill-pen") | {
        "held": "pill-ok",
        "postponed": "pill-warn",
        "cancelled": "pill-quiet",
        "refused": "pill-quiet",
    }

    def asked_of(self, rows, shown):
        """Names are asked for with the rows; who took part is not fetched for them, nor what no column shows."""
        unread = (*self.UNREAD, *(one for one in self.READ_WHERE_SHOWN if one not in shown))
        return super().asked_of(rows.prefetch_related(None).defer(*unread), shown)

    def render_status(self, record, value):
        return _pill(self.PILLS.get(record.status, ""), value)

    def value_status(self, value):
        return value

    def slug_of(self, record) -> str:
        return self.SLUGS[record.kind]


@cache
def _pill(shape: str, words: str) -> SafeString:
    """A status as its cell shows it; of all records there are some twenty."""
    return format_html('<span class="pill {}">{}</span>', shape, capfirst(words))


def kind_in_words(activity) -> str:
    """The category where it counts in one, else the kind."""
    return _in_words(activity.kind, activity.counts_as, get_language())


@cache
def _in_words(kind: str, category: str, language: str | None) -> str:
    return str(Activity.Category(category).label if category else Activity.Kind(kind).label)


class ActivitySerializer(EntitySerializer):
    FIELDS = (
        "id",
        "code",
        "kind",
        "title",
        "status",
        "starts_on",
        "ends_on",
        "precision",
        "date_words",
        "mode",
        "place",
        "unions",
        "partners",
        "countries",
        "on_plan",
        "off_plan_reason",
        "part_of",
        "content",
        "note",
        "counts_as",
        "closed_at",
        "version",
    )


class ActivityForm(Restricting, TakingPart, AdvisedForm):
    """What every kind is asked; a kind adds its own fields and says in which group each stands."""

    MORE = (
        (
            *("content", "realises", "on_plan", "off_plan_reason", "part_of", "agreements"),
            *("document", "document_place", "code", "note", "restricted"),
        ),
        False,
    )
    SHARED = (
        "title",
        "status",
        "mode",
        "place",
        "on_plan",
        "off_plan_reason",
        "part_of",
        "content",
        "note",
        "code",
    )

    only_new = ("document", "document_place")  # asked while a record is entered; later its sources stand under it

    partners = RecordsField(Partner.objects.all(), required=False, label=gettext_lazy("Partners"))
    countries = RecordsField(
        Country.objects.all(),
        required=False,
        label=gettext_lazy("Countries"),
        help_text=gettext_lazy("Where it went, or where guests, trainees or experts came from."),
    )
    agreements = RecordsField(
        Agreement.objects.all(),
        required=False,
        label=gettext_lazy("Agreements it carries out"),
        help_text=gettext_lazy("Empty where it was done under none."),
    )
    members = forms.CharField(
        required=False,
        max_length=100_000,
        label=pgettext_lazy("people of an activity", "People"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Paste a list, one person a line: name, title."),
    )
    realises = RecordsField(
        PlanLine.objects.all(),
        required=False,
        label=gettext_lazy("Line of the plan it realises"),
        help_text=gettext_lazy("What the year's plan calls it. It is then on plan."),
    )
    document = RecordField(SourceDocument.objects.all(), required=False, label=gettext_lazy("Source document"))
    document_place = forms.CharField(required=False, max_length=120, label=gettext_lazy("Place in it"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["partners"].initial = [one.partner_id for one in self.instance.partner_roles.all()]
            self.fields["countries"].initial = [one.country_id for one in self.instance.activity_countries.all()]
            under = CarriedOut.objects.visible_to(self.user).filter(activity=self.instance.pk)
            self.fields["agreements"].initial = list(under.values_list("agreement_id", flat=True))
            self.fields["members"].initial = in_lines(self.instance.members.all())
            for name in self.only_new:
                del self.fields[name]
            self.fields["part_of"].queryset = self.fields["part_of"].queryset.exclude(pk=self.instance.pk)
        else:
            self.fields["status"].initial = Activity.Status.HELD
        self._keep_to_steps()
        lines = self.fields["realises"]
        lines.queryset = PlanLine.objects.reached_by(self.user).for_choosing()
        if self.instance.pk:
            mine = Realisation.objects.visible_to(self.user).filter(activity=self.instance.pk)
            lines.initial = list(mine.values_list("line", flat=True))
        self.fields["when"].notes = "activities/_when.html"
        self.fields["when"].widget.attrs |= {
            "hx-get": reverse("when"),
            "hx-trigger": "input changed delay:300ms",
            "hx-target": "next [role=status]",
        }
        self.fields["mode"].widget = forms.RadioSelect(choices=[("", _("not known")), *Activity.Mode.choices])
        self.fields["place"].help_text = _("City, province or venue, as you would write it.")
        if self.user.has_perm("partners.add_partner"):
            self.fields["partners"].maker = NewPartner(user=self.user, prefix="new-partners")
        if not self.instance.pk:
            self.fields["partners"].widget.attrs["autofocus"] = True
            self.fields["title"].required = False
            self.fields["title"].help_text = _("Suggested from partner, place and date. Change it as you like.")

    def _keep_to_steps(self) -> None:
        """Where activities ask for leave, what only a step gives is not offered."""
        one = self.instance
        if not Rules.of(one.lead if one.pk else self.user.union)["by_steps"]:
            return
        kept = (one.status,) if one.pk else one.ENTERED
        field = self.fields["status"]
        field.choices = [choice for choice in field.choices if choice[0] in kept]
        if one.pk:
            field.help_text = _("It moves by its steps, on the page of the record.")

    @property
    def read_back(self) -> ReadBack | None:
        """The date typed, said back where the form is shown again; what was wrong with it stands at the field."""
        if not self.is_bound or "when" in self.errors:
            return None
        return ReadBack(self["when"].value() or "", self.user, self.today)

    @classmethod
    def suggestions(cls, typed: QueryDict, user, today) -> dict[str, str]:
        """What follows from what was typed so far: field → words, for fields still empty."""
        form = cls(typed, user=user, today=today)
        title = suggested_title(form)
        return {form.add_prefix("title"): title} if title else {}

    @staticmethod
    def kept_from(record, user) -> dict:
        """What usually stays from one record to the next that is logged."""
        source = SourceLink.objects.visible_to(user).filter(activity=record.pk).first()
        kept = {"status": record.status, "mode": record.mode}
        return kept | ({"document": source.document_id, "document_place": source.place} if source else {})

    @property
    def log_kind(self) -> LogKind:
        """Which of the logging pages this form is."""
        return log_kind_of(self.Meta.model.KIND, self.direction)

    direction = ""  # where a kind has two directions and each its own page

    def clean_title(self) -> str:
        title = self.cleaned_data.get("title") or suggested_title(self)
        if not title:
            raise ValidationError(self.fields["title"].error_messages["required"], code="required")
        return title

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("document") and not cleaned.get("document_place"):
            self.add_error("document_place", _("Say where in the document it stands, such as “paragraph 3”."))
        if cleaned.get("realises"):
            if cleaned.get("on_plan") is False:
                self.add_error("on_plan", _("A line of the plan names it, so it is on plan."))
            cleaned["on_plan"] = True
        return cleaned

    def clean_members(self) -> str:
        known = self.instance.members.all() if self.instance.pk else ()
        self.people = read_people(self.cleaned_data["members"], known)
        return self.cleaned_data["members"]
