"""How a kept file is shown and entered under its record: its name, size and type, who brought it and when."""

from __future__ import annotations

import django_tables2 as tables
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from activities.models import DocumentFile
from unionrelations.kit.entities import Section, Under
from unionrelations.kit.kept_files import KeptFile
from unionrelations.kit.tables import EntityTable
from unionrelations.kit.upload_forms import FileInput, UploadForm
from unionrelations.kit.uploads import in_words


class FileColumn(tables.Column):
    """The name a file came with, leading to the file; under it what is known of it."""

    def __init__(self, address: str, **kwargs):
        super().__init__(**{"orderable": False, "attrs": {"td": {"class": "file-cell"}}} | kwargs)
        self.address = address

    def render(self, record):
        link = format_html('<a href="{}">{}</a>', reverse(self.address, args=[record.pk]), self.value(record))
        return format_html('{}<span class="sub">{}</span>', link, ", ".join(known_of(record)))

    def value(self, record):
        return record.file_name or record.file.name.rpartition("/")[2]


def known_of(row: KeptFile) -> list[str]:
    """Type, size, who brought it and when, and how far its text is known."""
    said = [row.suffix.upper(), in_words(row.size)]
    if row.uploaded_at:
        day = formats.date_format(timezone.localtime(row.uploaded_at), "SHORT_DATE_FORMAT")
        brought = _("%(who)s, %(day)s") if row.uploaded_by else "%(day)s"
        said.append(brought % {"who": row.uploaded_by, "day": day})
    said.append(str(row.get_text_state_display()))
    return [one for one in said if one]


class DocumentFileForm(UploadForm):
    owner = "document"

    class Meta:
        model = DocumentFile
        fields = ("file", "note")
        widgets = {"file": FileInput}


class DocumentFileTable(EntityTable):
    file = FileColumn("document-file")

    class Meta(EntityTable.Meta):
        model = DocumentFile
        fields = ("file", "note")
        orderable = False


FILES = Section(
    pgettext_lazy("of a document", "Files"),
    Under(DocumentFile, "document"),
    DocumentFileTable,
    slug="files",
    form=DocumentFileForm,
    empty=gettext_lazy("The document itself is not here yet: attach its scan, its PDF or its spreadsheet."),
)
