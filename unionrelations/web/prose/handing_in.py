"""The first step: a document's own fields, and its text pasted or in a file. Never knows what the text tells."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.entities.documents import DocumentForm
from activities.models import SourceDocument
from unionrelations.kit.texts import LARGEST, SUFFIXES, even, refuse_too_long, text_of


class TextForm(forms.Form):
    """A text, or a file that holds one. Its file's text stands in the line of the text afterwards."""

    text = forms.CharField(
        required=False,
        strip=False,
        label=gettext_lazy("The report's text"),
        help_text=gettext_lazy("Paste all of it, or the part that holds the figures."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    report = forms.FileField(
        required=False,
        label=gettext_lazy("Or its file"),
        help_text=gettext_lazy("Text, Word (.docx) or a PDF with a text layer, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )

    content: bytes | None = None  # of the file, once it was read

    def clean(self):
        cleaned = super().clean()
        uploaded, typed = cleaned.get("report"), even(cleaned.get("text") or "")
        try:
            if uploaded and typed.strip():
                raise ValidationError(_("There is a text and a file. Empty the text, or choose no file."))
            read = self._text_of(uploaded) if uploaded else typed
            refuse_too_long(read)
        except ValidationError as refused:
            self.add_error("report" if uploaded else "text", refused)
            return cleaned
        return cleaned | {"text": read}

    def _text_of(self, uploaded) -> str:
        self.content = uploaded.read(LARGEST + 1)
        return text_of(self.content, uploaded.name)


class ReportForm(TextForm, DocumentForm):
    """A source document as it is entered, with the text its figures are read from. The code is made where none is."""

    grouped = (
        (gettext_lazy("The document"), ("title", "kind", "language", "publisher", "published_on", "union"), True),
        (gettext_lazy("Its text, to read figures from (optional)"), ("text", "report"), True),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].required = False
        self.fields["code"].help_text = _("Left empty, it is made from the title.")

    def clean_code(self) -> str:
        return self.cleaned_data.get("code") or SourceDocument.code_for(self.cleaned_data.get("title", ""))
