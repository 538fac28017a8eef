"""Handing a spreadsheet in, and the list of those handed in before. Never reads one: a worker does."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import PurePath
from uuid import uuid4

from django import forms
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import get_valid_filename
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from unionrelations.accounts.models import Union
from unionrelations.catalogue import ENTITIES
from unionrelations.importing.models import Import
from unionrelations.importing.steps import may_import
from unionrelations.kit.choosing import RecordField
from unionrelations.kit.entities import Entity
from unionrelations.tasks import take_import_step

LARGEST = 20  # MB: a hundred thousand rows of the widest form; whoever has more divides the file by years
LONGEST_NAME = 200
SUFFIXES = (".xlsx", ".xls", ".ods", ".csv")
ON_A_PAGE = 20
LONGEST_KEPT = 10  # characters of a suffix


def importable(reader) -> list[Entity]:
    """What this person may bring in by the sheet."""
    return [one for one in ENTITIES if one.importers and may_import(reader, one)]


class FileForm(forms.Form):
    """A file, whose rows they are and, where the file does not tell, what they are."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        error_messages={"required": gettext_lazy("Choose the file with the table.")},
    )
    union = RecordField(label=gettext_lazy("Whose records they are"), queryset=Union.objects.none())
    entity = forms.ChoiceField(label=gettext_lazy("Kind of records"), required=False)

    def __init__(self, *args, reader, **kwargs):
        super().__init__(*args, auto_id="import-%s", **kwargs)
        self.fields["file"].help_text = _("Excel (.xlsx, .xls), LibreOffice (.ods) or CSV, up to %(most)d MB.") % {
            "most": LARGEST
        }
        self.fields["union"].queryset = Union.objects.writable_by(reader).for_choosing()
        self.fields["union"].initial = reader.union_id
        self.fields["entity"].choices = [
            ("", _("let the file tell")),
            *((one.slug, one.plural) for one in importable(reader)),
        ]

    def clean_file(self) -> UploadedFile:
        given = self.cleaned_data["file"]
        if given.size > LARGEST * 2**20:
            raise ValidationError(
                _("“%(name)s” is larger than %(most)d MB. Divide it into several files, such as one for each year."),
                params={"name": given.name, "most": LARGEST},
            )
        return given


def handed_in(form: FileForm, reader) -> Import:
    """The import a valid form asks for, stored under a name of our own."""
    given = form.cleaned_data["file"]
    digest = hashlib.sha256()
    for piece in given.chunks():
        digest.update(piece)
    name = unicodedata.normalize("NFC", given.name)
    suffix = PurePath(name).suffix
    batch = Import(
        union=form.cleaned_data["union"],
        asked_by=reader,
        entity=form.cleaned_data["entity"],
        name=name.removesuffix(suffix)[: LONGEST_NAME - LONGEST_KEPT] + suffix[:LONGEST_KEPT],
        sha256=digest.hexdigest(),
        language=get_language(),
    )
    batch.file.save(get_valid_filename(f"{uuid4().hex}{suffix[:LONGEST_KEPT].lower()}"), given, save=False)
    batch.start(Import.Step.READING, timezone.now())
    return batch


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("importing.view_import", raise_exception=True)
def index(request):
    """Imports in reach, the newest first, and the form for another one."""
    may_add = request.user.has_perm("importing.add_import") and bool(importable(request.user))
    form = FileForm(request.POST or None, request.FILES or None, reader=request.user) if may_add else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid():
            batch = handed_in(form, request.user)
            take_import_step.delay_on_commit(batch.pk)
            return redirect(batch)
    elif form is not None:
        form = FileForm(reader=request.user, initial={"entity": request.GET.get("entity", "")})
    page = Paginator(Import.objects.visible_to(request.user).for_listing(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "total": page.paginator.count}
    return render(request, "imports/index.html", context)
