"""Organisations we deal with, by every name they go by. Never knows what we did together."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Collate, NullIf
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.querysets import ContactQuerySet, PartnerAffiliationQuerySet, PartnerQuerySet
from unionrelations.kit.folding import Findable, NamedInTwoLanguages, fold
from unionrelations.kit.indexes import NameIndex
from unionrelations.kit.records import Record
from unionrelations.kit.sorting import COLLATION, ByName

from .countries import HOME, Country


class Partner(NamedInTwoLanguages, Record):
    """One organisation. Global and intergovernmental bodies belong to no country."""

    class Kind(models.TextChoices):
        GLOBAL_FEDERATION = "global_federation", _("global union federation")
        WORLD_CENTRE = "world_centre", _("world or regional union centre")
        NATIONAL_CENTRE = "national_centre", _("national trade-union centre")
        INDUSTRY_UNION = "industry_union", _("industry union")
        LOCAL_UNION = "local_union", _("local union or federation")
        NGO = "ngo", _("non-governmental organisation")
        FOUNDATION = "foundation", _("foundation")
        INTERGOVERNMENTAL = "intergovernmental", _("intergovernmental organisation")
        TRAINING = "training", _("training institution")
        EMPLOYERS = "employers", _("employers' or business association")
        EMBASSY = "embassy", _("embassy or mission")
        GOVERNMENT = "government", _("government body")
        ENTERPRISE = "enterprise", _("enterprise")
        UNSTATED = "unstated", pgettext_lazy("kind of a partner", "not stated")

    found_by = ("name", "name_en", "original_name", "acronym", "aliases")
    shortened_by = "acronym"

    code = models.SlugField(
        _("code"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("Made from the name where left empty."),
        error_messages={"unique": _("Another partner already has this code.")},
    )
    name = models.CharField(_("name in Vietnamese"), max_length=250)
    name_en = models.CharField(_("name in English"), max_length=250, blank=True)
    original_name = models.CharField(_("name in its own language"), max_length=250, blank=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    aliases = models.TextField(_("other names"), blank=True, help_text=_("Former names and spellings, one a line."))
    kind = models.CharField(pgettext_lazy("of a partner", "kind"), max_length=20, choices=Kind)
    country = models.ForeignKey(
        Country,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="partners",
        verbose_name=_("country"),
        help_text=_("None for global and intergovernmental bodies."),
    )
    federations = models.ManyToManyField(
        "self",
        symmetrical=False,
        through="PartnerAffiliation",
        through_fields=("partner", "federation"),
        related_name="affiliates",
        verbose_name=_("federations it belongs to"),
    )
    licence_number = models.CharField(_("licence in Vietnam"), max_length=120, blank=True)
    licence_expires_on = models.DateField(_("licence expires on"), null=True, blank=True)
    note = models.TextField(_("remark"), blank=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = [ByName("name", "name_en"), "pk"]
        indexes = [
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="partner_names_trgm"),
            models.Index(
                "licence_expires_on", condition=Q(licence_expires_on__isnull=False), name="partner_licence_runs_out"
            ),
            NameIndex(Collate("name", COLLATION), "id", name="partner_by_name"),
            NameIndex(
                Collate(Coalesce(NullIf("name_en", Value("")), "name"), COLLATION), "id", name="partner_by_english_name"
            ),
        ]

    @property
    def is_foreign(self) -> bool:
        """Whether it stands outside Vietnam; bodies of no country do."""
        return self.country_id is None or self.country.code != HOME

    def natural_key(self):
        return (self.code,)

    natural_key.dependencies = ["partners.country"]

    def save(self, *args, **kwargs):
        if not self.code:
            self.code = self._free_code()
        super().save(*args, **kwargs)

    def _free_code(self) -> str:
        stem = slugify(fold(self.acronym or self.name))[:60] or "partner"
        taken = set(type(self).objects.filter(code__startswith=stem).values_list("code", flat=True))
        return next(code for n in range(1, len(taken) + 2) if (code := stem if n == 1 else f"{stem}-{n}") not in taken)


# What a partner's own name says of its kind beyond doubt, folded; a name that says nothing of it leaves it unstated.
TOLD_BY_NAME = (
    (Partner.Kind.EMBASSY, ("dai su quan", "tong lanh su quan", "lanh su quan", "embassy", "consulate")),
    (
        Partner.Kind.EMPLOYERS,
        ("hiep hoi doanh nghiep", "phong thuong mai", "chamber of commerce", "business association"),
    ),
    (Partner.Kind.GOVERNMENT, ("bo lao dong", "bo ngoai giao", "bo cong thuong", "ministry of", "chinh phu")),
    (
        Partner.Kind.TRAINING,
        ("hoc vien", "dai hoc", "truong cao dang", "university", "academy", "institute of technology"),
    ),
    (Partner.Kind.FOUNDATION, ("quy ho tro", "foundation", "stiftung")),
    (Partner.Kind.ENTERPRISE, ("cong ty co phan", "cong ty tnhh", "co ltd", "gmbh")),
)


def kind_told_by(name: str) -> Partner.Kind:
    """The kind a name tells for certain, such as "Đại sứ quán …"; else unstated: nothing is made up."""
    folded = f" {' '.join(fold(name).split())} "
    return next(
        (kind for kind, signs in TOLD_BY_NAME if any(f" {one} " in folded for one in signs)), Partner.Kind.UNSTATED
    )


class PartnerAffiliation(models.Model):
    """A partner's membership in a federation."""

    partner = models.ForeignKey(
        Partner, on_delete=models.CASCADE, related_name="affiliations", verbose_name=_("partner")
    )
    federation = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="members", verbose_name=_("federation")
    )
    note = models.CharField(_("remark"), max_length=250, blank=True)

    objects = PartnerAffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "federation"],
                name="a_partner_joins_a_federation_once",
                violation_error_message=_("This affiliation is already recorded."),
            ),
            models.CheckConstraint(
                condition=~models.Q(partner=F("federation")),
                name="a_partner_does_not_join_itself",
                violation_error_message=_("An organisation cannot belong to itself."),
            ),
        ]

    def __str__(self):
        return f"{self.partner} – {self.federation}"

    def natural_key(self):
        return (self.partner.code, self.federation.code)

    natural_key.dependencies = ["partners.partner"]


class Contact(Findable, Record):
    """A person at a partner."""

    found_by = ("name",)

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="contacts", verbose_name=_("partner"))
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(pgettext_lazy("of a person", "title"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    note = models.TextField(_("remark"), blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = [ByName("name"), "pk"]
        indexes = [GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="contact_names_trgm")]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "name"],
                name="one_contact_of_a_name_at_a_partner",
                violation_error_message=_("This partner already has a contact of this name."),
            )
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.partner.code, self.name)

    natural_key.dependencies = ["partners.partner"]
