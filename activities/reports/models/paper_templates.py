"""The kinds of paper made from the record, and the DOCX templates unions use for them in place of the house's.

Never knows what a paper says: `activities.reports.paperwork` does.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from activities.reports.paperwork.kinds import LANGUAGES, Kind, Language, vocabulary_of
from unionrelations.accounts.models import Union
from unionrelations.kit.records import Record
from unionrelations.kit.writers import TemplateFault
from unionrelations.kit.writers.filled import check_paper_template

from .templates import LARGEST, ReportTemplateQuerySet


class PaperTemplateQuerySet(ReportTemplateQuerySet):
    """Handed down like those of reports, each kind and language by itself."""

    def of_each(self, union) -> dict[tuple[str, str], PaperTemplate]:
        """(kind, language) → the one that union's papers are made with, where it is not the house's."""
        line = self.filter(union__in=[*union.ancestor_ids(), union.pk])
        nearest_last = line.select_related("union", "changed_by").order_by("union__path")
        return {(one.kind, one.language): one for one in nearest_last}


class PaperTemplate(Record):
    """One for a union, a kind of paper and a language; it was tried when it came in, and is with every paper."""

    union = models.ForeignKey(Union, on_delete=models.CASCADE, related_name="paper_templates", verbose_name=_("union"))
    kind = models.CharField(pgettext_lazy("of a paper", "kind"), max_length=20, choices=Kind)
    language = models.CharField(pgettext_lazy("of a paper", "language"), max_length=4, choices=Language)
    file = models.FileField(
        _("file"),
        upload_to="templates/%Y/",
        max_length=250,
        validators=[FileExtensionValidator(("docx",))],
        help_text=_("A Word document (DOCX) with placeholders; begin with the house's own."),
    )
    note = models.CharField(_("remark"), max_length=300, blank=True)

    objects = PaperTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template of papers")
        verbose_name_plural = _("templates of papers")
        ordering = ["union", "kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["union", "kind", "language"],
                name="one_paper_template_a_union_kind_and_language",
                violation_error_message=_("This union already has such a template. Replace the file of that one."),
            )
        ]

    def __str__(self):
        return gettext("%(kind)s (%(language)s), %(union)s") % {
            "kind": self.get_kind_display(),
            "language": self.get_language_display(),
            "union": self.union,
        }

    def clean(self):
        """A new file is tried; one that was kept before was tried then."""
        super().clean()
        if self.kind and self.language and self.language not in LANGUAGES.get(self.kind, ()):
            raise ValidationError({"language": gettext("There is no such paper in this language.")})
        if not self.file or self.file._committed or not self.kind:
            return
        if self.file.size > LARGEST:
            raise ValidationError(
                {"file": gettext("A template has at most 2 MB; this file is larger. Make its pictures smaller.")}
            )
        self.file.seek(0)
        try:
            check_paper_template(self.file.read(), vocabulary_of(self.kind))
        except TemplateFault as fault:
            raise ValidationError({"file": str(fault)}) from None
        finally:
            self.file.seek(0)

    def contents(self) -> bytes:
        """Raises TemplateFault where the file is gone."""
        try:
            with self.file.open("rb") as kept:
                return kept.read()
        except OSError:
            sentence = gettext("The file of the template %(name)s is gone. Upload it again.")
            raise TemplateFault(sentence % {"name": self}) from None
