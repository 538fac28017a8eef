"""The DOCX templates organisations use in place of the house's. Never knows what a report says."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from unionrelations.accounts.models import Union
from unionrelations.kit.records import Record
from unionrelations.kit.scoping import ScopedQuerySet
from unionrelations.kit.writers import TemplateFault
from unionrelations.kit.writers.docx import check_template

LARGEST = 2 * 1024 * 1024  # bytes


def refuse_faulty_template(file) -> None:
    """Raises ValidationError, with the sentence to show, for what no report can be written with."""
    if getattr(file, "_committed", False):
        return  # it was looked at when it came in
    if file.size > LARGEST:
        raise ValidationError(gettext("A template has at most 2 MB; this file is larger. Make its pictures smaller."))
    file.seek(0)
    try:
        check_template(file.read())
    except TemplateFault as fault:
        raise ValidationError(str(fault)) from None
    finally:
        file.seek(0)


class ReportTemplateQuerySet(ScopedQuerySet):
    """A template holds for the unions below that have none of their own, so it is read there too."""

    scope_path = "union"
    handed_down = True

    def for_listing(self):
        return self.select_related("union", "changed_by")

    def of(self, union):
        """The one its reports are written with, if any: its own, else that of the nearest union above with one."""
        line = self.filter(union__in=[*union.ancestor_ids(), union.pk])
        return line.select_related("union").order_by("-union__path").first()


class ReportTemplate(Record):
    """One for a union. It was tried when it came in, and is tried again with every report."""

    union = models.ForeignKey(Union, on_delete=models.CASCADE, related_name="report_templates", verbose_name=_("union"))
    file = models.FileField(
        _("file"),
        upload_to="templates/%Y/",
        max_length=250,
        validators=[FileExtensionValidator(("docx",)), refuse_faulty_template],
        help_text=_("A Word document (DOCX) with placeholders such as {{ issuer }}, and {{p body }} for the text."),
    )
    note = models.CharField(_("remark"), max_length=300, blank=True)

    objects = ReportTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("report template")
        verbose_name_plural = _("report templates")
        ordering = ["union"]
        constraints = [
            models.UniqueConstraint(
                fields=["union"],
                name="one_report_template_a_union",
                violation_error_message=_("This union already has a template. Replace the file of that one."),
            )
        ]

    def __str__(self):
        return gettext("Template of %(union)s") % {"union": self.union}

    def contents(self) -> bytes:
        """Raises TemplateFault where the file is gone."""
        try:
            with self.file.open("rb") as kept:
                return kept.read()
        except OSError:
            sentence = gettext("The file of the template of %(union)s is gone. Upload it again.")
            raise TemplateFault(sentence % {"union": self.union}) from None
