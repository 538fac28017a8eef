"""Papers and articles that facts come from, and which fact stands where. Never holds their prose."""

from __future__ import annotations

from itertools import chain, count

from django.db import models
from django.db.models import F, Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from activities.querysets import SourceDocumentQuerySet, SourceLinkQuerySet
from partners.models import Agreement, Partner, RelationEvent
from unionrelations.accounts.models import Officer, Union
from unionrelations.kit.folding import Findable, fold
from unionrelations.kit.periods import Period
from unionrelations.kit.records import Record

from .activities import Activity

LONGEST_CODE = 60  # characters


class SourceDocument(Findable, Record):
    """A document that facts were read from. The period is what it mainly tells of, for filling in new records."""

    class Kind(models.TextChoices):
        ARTICLE = "article", _("press article")
        REPORT = "report", _("report")
        PLAN = "plan", _("plan")
        PAPER = "paper", _("official paper")
        SHEET = "sheet", _("spreadsheet")

    found_by = ("title", "publisher", "author", "code")

    code = models.SlugField(_("code"), max_length=LONGEST_CODE, unique=True)
    title = models.CharField(pgettext_lazy("of a paper", "title"), max_length=300)
    kind = models.CharField(pgettext_lazy("of a document", "kind"), max_length=20, choices=Kind, default=Kind.ARTICLE)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    author = models.CharField(_("author"), max_length=120, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    published_words = models.CharField(
        _("publication as known"), max_length=120, blank=True, help_text=_("Where the day is not stated.")
    )
    language = models.CharField(
        _("language"), max_length=5, choices=[("vi", _("Vietnamese")), ("en", _("English"))], default="vi"
    )
    union = models.ForeignKey(
        Union,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
        verbose_name=_("union it tells of"),
        help_text=_("Read by this union, those above and those below; empty: by everyone."),
    )
    first_day = models.DateField(_("tells of days from"), null=True, blank=True)
    last_day = models.DateField(_("tells of days to"), null=True, blank=True)
    note = models.TextField(_("remark"), blank=True)

    objects = SourceDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("source document")
        verbose_name_plural = _("source documents")
        ordering = [F("published_on").desc(nulls_last=True), "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__isnull=True, last_day__isnull=True)
                | Q(first_day__isnull=False, last_day__isnull=False, last_day__gte=F("first_day")),
                name="document_tells_of_a_period",
                violation_error_message=_("The days it tells of need a first and a last, in this order."),
            )
        ]

    def __str__(self):
        return self.title

    @property
    def period(self) -> Period | None:
        return Period(self.first_day, self.last_day) if self.first_day else None

    @classmethod
    def code_for(cls, title: str) -> str:
        """A code nobody has yet, made of a title's words, with room for a number behind it."""
        plain = slugify(fold(title))[: LONGEST_CODE - 5].strip("-") or "document"
        taken = set(cls._default_manager.filter(code__startswith=plain).values_list("code", flat=True))
        numbered = (f"{plain}-{number}" for number in count(2))
        return next(one for one in chain([plain], numbered) if one not in taken)

    def natural_key(self):
        return (self.code,)

    natural_key.dependencies = ["accounts.union"]


RECORDS_WITH_SOURCES = ("activity", "union", "officer", "partner", "relation_event", "agreement")
EXACTLY_ONE_RECORD = Q(
    *(Q(**{f"{one}__isnull": one != given for one in RECORDS_WITH_SOURCES}) for given in RECORDS_WITH_SOURCES),
    _connector=Q.OR,
)


class SourceLink(models.Model):
    """One record found at one place of a document. Exactly one of the records is given."""

    document = models.ForeignKey(
        SourceDocument, on_delete=models.PROTECT, related_name="links", verbose_name=_("source document")
    )
    place = models.CharField(_("place in it"), max_length=120, help_text=_("Such as “paragraph 3”."))
    note = models.CharField(_("remark"), max_length=400, blank=True)
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.CASCADE, related_name="sources", verbose_name=_("activity")
    )
    union = models.ForeignKey(
        Union, null=True, blank=True, on_delete=models.CASCADE, related_name="sources", verbose_name=_("union")
    )
    officer = models.ForeignKey(
        Officer, null=True, blank=True, on_delete=models.CASCADE, related_name="sources", verbose_name=_("officer")
    )
    partner = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.CASCADE, related_name="sources", verbose_name=_("partner")
    )
    relation_event = models.ForeignKey(
        RelationEvent,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="sources",
        verbose_name=_("event of a relation"),
    )
    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.CASCADE, related_name="sources", verbose_name=_("agreement")
    )

    objects = SourceLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["document", "place", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=EXACTLY_ONE_RECORD,
                name="a_source_belongs_to_one_record",
                violation_error_message=_("A source belongs to exactly one record."),
            )
        ]

    def __str__(self):
        return f"{self.document}, {self.place}"

    @property
    def record(self):
        """Whichever record it belongs to."""
        return next(found for one in RECORDS_WITH_SOURCES if (found := getattr(self, one)) is not None)

    def natural_key(self):
        record = next(one for one in RECORDS_WITH_SOURCES if getattr(self, f"{one}_id") is not None)
        return (self.document.code, self.place, record, *getattr(self, record).natural_key())

    natural_key.dependencies = [
        "activities.delegation",
        "activities.conference",
        "activities.course",
        "activities.sourcedocument",
        "accounts.officer",
        "partners.relationevent",
        "partners.agreement",
    ]
