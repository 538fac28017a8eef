"""A row with a file, entered under its record: who brought it, and what a browser forgets when a form comes back.

Never knows what the file belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from .contents import SUFFIXES
from .forms import PartForm
from .kept_files import KeptFile
from .uploads import accepted, most_in_words


@dataclass(frozen=True)
class Shown:
    """A stored file as the widget shows it: by the name it came with, at the row's own address."""

    name: str
    url: str

    def __str__(self):
        return self.name


class FileInput(forms.ClearableFileInput):
    def __init__(self, attrs=None):
        super().__init__({"accept": ",".join(f".{one}" for one in SUFFIXES)} | (attrs or {}))

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        row = getattr(value, "instance", None)
        if context["widget"]["is_initial"] and isinstance(row, KeptFile):
            context["widget"]["value"] = Shown(row.file_name or value.name.rpartition("/")[2], value.url)
        return context


class UploadForm(PartForm):
    """The model looks at the file; a rule that speaks of the file's hash is asked here too."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        field.help_text = _("%(kinds)s; at most %(most)s.") % {"kinds": accepted(), "most": most_in_words()}

    def full_clean(self):
        super().full_clean()
        if self.is_bound and self._errors and self.files.get(self.add_prefix("file")) and "file" not in self._errors:
            self["file"].help_text = _("Choose the file again: browsers do not keep it when a form comes back.")

    def save(self, commit=True):
        if "file" in self.changed_data:
            self.instance.uploaded_by = self.user if self.instance.file else None
        return super().save(commit)
