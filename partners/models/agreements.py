"""What we signed with partners, and what became of it. Never a treaty: the law keeps that word for states."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.querysets import AgreementEventQuerySet, AgreementPartyQuerySet, AgreementQuerySet
from partners.standing import last_day_of
from unionrelations.accounts.models import Union
from unionrelations.kit.folding import Findable
from unionrelations.kit.records import Record
from unionrelations.kit.windows import day_in_words

from .partners import Partner


class Agreement(Findable, Record):
    """An international agreement. `signed_from` and `signed_to` bound the day of signing; both null: not signed yet."""

    # Suggested names; the list is open. The law keeps công ước, hiệp ước, định ước and hiệp định for treaties.
    SUGGESTED_KINDS = (
        "thỏa thuận",
        "thông cáo",
        "tuyên bố",
        "ý định thư",
        "bản ghi nhớ",
        "biên bản thỏa thuận",
        "biên bản trao đổi",
        "biên bản hội đàm",
        "chương trình hợp tác",
        "kế hoạch hợp tác",
    )

    found_by = ("title", "kind")

    code = models.SlugField(_("code"), max_length=80, unique=True, null=True, blank=True)
    title = models.CharField(pgettext_lazy("of a paper", "title"), max_length=300)
    kind = models.CharField(pgettext_lazy("of an agreement", "kind"), max_length=80, blank=True)
    content = models.TextField(_("field and content"), blank=True)
    signed_from = models.DateField(_("signed on"), null=True, blank=True)
    signed_to = models.DateField(
        _("signed at the latest on"),
        null=True,
        blank=True,
        help_text=_("The same day where the day is known; empty takes the first."),
    )
    signed_words = models.CharField(_("date of signing as written"), max_length=120, blank=True)
    signed_at = models.CharField(_("signed at"), max_length=120, blank=True)
    languages = models.CharField(_("languages of the text"), max_length=120, blank=True)
    in_name_of = models.CharField(
        _("signed in the name of"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("Such as the union itself."),
    )
    approved_by = models.CharField(_("approved by"), max_length=250, blank=True, default="", db_default="")
    is_authorised = models.BooleanField(
        _("signed under authority"), null=True, blank=True, help_text=_("Empty where not known.")
    )
    authority = models.CharField(_("authority to sign"), max_length=250, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    in_force_to = models.DateField(
        _("in force to"),
        null=True,
        blank=True,
        help_text=_("As signed. Empty takes it from a duration such as 5 năm; an extension is entered as an event."),
    )
    duration = models.CharField(_("duration as written"), max_length=120, blank=True)
    renewal_started_on = models.DateField(
        _("renewal work begun on"), null=True, blank=True, help_text=_("Empty until somebody takes it up.")
    )
    renewal_by = models.CharField(_("who works on the renewal"), max_length=120, blank=True, default="", db_default="")
    renewal_note = models.CharField(_("how far the renewal is"), max_length=300, blank=True, default="", db_default="")
    note = models.TextField(_("remark"), blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-signed_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_from__isnull=True, signed_to__isnull=True)
                | Q(signed_from__isnull=False, signed_to__isnull=False, signed_to__gte=F("signed_from")),
                name="agreement_signing_has_both_ends",
                violation_error_message=_("The latest day of signing lies before the first, or the first is missing."),
            ),
            models.CheckConstraint(
                condition=Q(in_force_from__isnull=True)
                | Q(in_force_to__isnull=True)
                | Q(in_force_to__gte=F("in_force_from")),
                name="agreement_ends_after_it_begins",
                violation_error_message=_("An agreement cannot end before it comes into force."),
            ),
            models.CheckConstraint(
                condition=Q(renewal_started_on__isnull=False) | Q(renewal_by="", renewal_note=""),
                name="a_renewal_says_when_it_was_begun",
                violation_error_message=_("Write the day on which the work on the renewal began."),
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        self._complete()

    def save(self, *args, **kwargs):
        self._complete()
        super().save(*args, **kwargs)

    def _complete(self) -> None:
        """What follows from what was written: the one day of signing, and the last day from a plain duration."""
        if self.signed_to is None:
            self.signed_to = self.signed_from
        first = self.in_force_from or (self.signed_from if self.signed_from == self.signed_to else None)
        if self.in_force_to is None and first is not None:
            self.in_force_to = last_day_of(first, self.duration)

    def natural_key(self):
        return (self.code,)


class AgreementParty(models.Model):
    """One side of an agreement: a union of ours, or a partner, with whoever signed for it."""

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="parties", verbose_name=_("agreement")
    )
    union = models.ForeignKey(
        Union,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agreement_parties",
        verbose_name=_("union"),
    )
    partner = models.ForeignKey(
        Partner,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agreement_parties",
        verbose_name=_("partner"),
    )
    signatory = models.CharField(_("signed by"), max_length=120, blank=True)
    signatory_title = models.CharField(_("title of who signed"), max_length=200, blank=True)

    objects = AgreementPartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party to an agreement")
        verbose_name_plural = _("parties to agreements")
        constraints = [
            models.CheckConstraint(
                condition=Q(union__isnull=True, partner__isnull=False) | Q(union__isnull=False, partner__isnull=True),
                name="a_party_is_a_union_or_a_partner",
                violation_error_message=_("A party is either a union of ours or a partner: choose one."),
            ),
            models.UniqueConstraint(
                fields=["agreement", "union"],
                name="a_union_is_a_party_once",
                violation_error_message=_("This union is already a party."),
            ),
            models.UniqueConstraint(
                fields=["agreement", "partner"],
                name="a_partner_is_a_party_once",
                violation_error_message=_("This partner is already a party."),
            ),
        ]

    def __str__(self):
        return str(self.union or self.partner)

    @property
    def signed_by(self) -> str:
        """Who signed for this side, with the title."""
        return ", ".join(filter(None, (self.signatory, self.signatory_title)))


class AgreementEvent(models.Model):
    """What became of an agreement on a day."""

    class Kind(models.TextChoices):
        AMENDED = "amended", _("amended")
        SUPPLEMENTED = "supplemented", _("supplemented")
        EXTENDED = "extended", _("extended")
        TERMINATED = "terminated", _("terminated")
        WITHDRAWN = "withdrawn", _("withdrawn from")
        SUSPENDED = "suspended", _("suspended")
        RESUMED = "resumed", _("resumed")
        INHERITED = "inherited", _("inherited by a successor")

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="events", verbose_name=_("agreement")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    day = models.DateField(_("day"))
    until = models.DateField(
        _("new last day"), null=True, blank=True, help_text=_("Of an extension; empty where it names none.")
    )
    heir = models.ForeignKey(
        Union,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="inherited_agreements",
        verbose_name=_("union that inherits"),
    )
    heir_partner = models.ForeignKey(
        Partner,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="inherited_agreements",
        verbose_name=_("partner that inherits"),
        help_text=_("The body that took the partner's place. The original party stays on record."),
    )
    note = models.TextField(_("remark"), blank=True)

    objects = AgreementEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of an agreement")
        verbose_name_plural = _("events of agreements")
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind="inherited", heir__isnull=False, heir_partner__isnull=True)
                    | Q(kind="inherited", heir__isnull=True, heir_partner__isnull=False)
                    | (~Q(kind="inherited") & Q(heir__isnull=True, heir_partner__isnull=True))
                ),
                name="only_an_inheritance_has_one_heir",
                violation_error_message=_(
                    "Name the union or the partner that inherits, one of them, for an inheritance and for nothing else."
                ),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(kind="extended", until__gte=F("day")),
                name="only_an_extension_has_a_new_last_day",
                violation_error_message=_(
                    "Only an extension has a new last day, and it lies after the day it was made."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {day_in_words(self.day)}"
