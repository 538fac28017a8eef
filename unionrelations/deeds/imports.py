"""Handing a spreadsheet in, saying what becomes of it, giving it up, taking it back. Never reads one: a worker does."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import datetime
from pathlib import PurePath
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.text import get_valid_filename
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from unionrelations.accounts.models import Union
from unionrelations.catalogue import ENTITIES
from unionrelations.importing.models import Import
from unionrelations.importing.steps import may_import
from unionrelations.kit.choosing import RecordField
from unionrelations.kit.entities import Entity
from unionrelations.tasks import take_import_step

from .deciding import DecisionForm, put_right

READ, GOOD, ALL, AFRESH = "read", "good", "all", "afresh"
LARGEST = 20  # MB: a hundred thousand rows of the widest form; whoever has more divides the file by years
LONGEST_NAME = 200
SUFFIXES = (".xlsx", ".xls", ".ods", ".csv")
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


class GoneOn(Exception):
    """The import has gone on since it was looked at; the text says so to whoever asked."""


class NotAnswered(Exception):
    """What was said does not do; the form says why."""

    def __init__(self, form: DecisionForm):
        self.form = form


def hand_in(form: FileForm, reader, now: datetime) -> Import:
    """The import a valid form asks for, stored under a name of our own, and a worker sent for."""
    given = form.cleaned_data["file"]
    digest = hashlib.sha256()
    for piece in given.chunks():
        digest.update(piece)
    name = unicodedata.normalize("NFC", given.name)
    suffix = PurePath(name).suffix
    batch = Import(
        union=form.cleaned_data["union"],
        asked_by_id=reader.pk,
        entity=form.cleaned_data["entity"],
        name=name.removesuffix(suffix)[: LONGEST_NAME - LONGEST_KEPT] + suffix[:LONGEST_KEPT],
        sha256=digest.hexdigest(),
    )
    batch.file.save(get_valid_filename(f"{uuid4().hex}{suffix[:LONGEST_KEPT].lower()}"), given, save=False)
    _go_on(batch, Import.Step.READING, reader, now)
    return batch


def decide(batch: Import, asked: str, said: QueryDict, reader, now: datetime) -> bool:
    """Takes the answers in, then has the file read again or its rows stored, as asked; whether it is read again
    although storing was asked for, since rows would now change what nobody was shown.

    `batch` is the reader's own, locked. Raises GoneOn, and NotAnswered with the form that says what is wrong.
    """
    if not batch.is_open or batch.is_at_work(now):
        raise GoneOn(_("Nothing was done: this import has gone on meanwhile. Look at where it stands now."))
    if asked == AFRESH:
        batch.answers, batch.columns, batch.put_right = {}, {}, []
        _go_on(batch, Import.Step.READING, reader, now)
        return False
    looks_again = False
    if batch.seen and said.get("read") != batch.read_mark:
        raise GoneOn(_("The file was read again meanwhile, so your answers were not taken. Answer once more."))
    if batch.seen:
        form = DecisionForm(said, batch=batch, reader=reader)
        if not form.is_valid():
            raise NotAnswered(form)
        form.decide()
        looks_again = put_right(batch, said, even_suggestions=asked != GOOD) and asked != READ
    batch.only_good = asked == GOOD
    step = Import.Step.READING if asked == READ or looks_again else Import.Step.WRITING
    _go_on(batch, step, reader, now)
    return looks_again


def give_up(batch: Import) -> None:
    """Ends an import nothing of which is stored; a worker that is at it stops. Raises GoneOn."""
    if batch.is_written:
        raise GoneOn(_("Its rows are stored already. Take the import back instead."))
    batch.is_given_up = True
    batch.save(update_fields=["is_given_up"])


def take_back(batch: Import, reader, now: datetime, *, even_edited: bool) -> None:
    """Takes back what was stored; what was edited since only where that is said. Raises GoneOn."""
    if not batch.is_written or batch.is_at_work(now):
        raise GoneOn(_("Nothing was done: this import has gone on meanwhile. Look at where it stands now."))
    batch.even_edited = even_edited
    _go_on(batch, Import.Step.UNDOING, reader, now)


def _go_on(batch: Import, step: Import.Step, reader, now: datetime) -> None:
    """Asks a worker for the next step, in the words, and as far as the eyes, of whoever asked."""
    batch.language = get_language() or "vi"
    if reader.pk == batch.asked_by_id:  # whoever takes back another's only ends it
        batch.within = reader.union if reader.is_narrowed else None
    batch.start(step, now)
    take_import_step.delay_on_commit(batch.pk)
