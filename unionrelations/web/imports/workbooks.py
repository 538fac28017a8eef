"""Issuing the workbook a union fills in offline: whose, of which days. Never fills a sheet."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from unionrelations.accounts.models import Union
from unionrelations.importing.workbook import write_workbook
from unionrelations.kit.choosing import RecordField
from unionrelations.kit.forms import DayField
from unionrelations.kit.importing import Context
from unionrelations.kit.periods import Period
from unionrelations.kit.writers import FORMATS
from unionrelations.web.files import attachment


class WorkbookForm(forms.Form):
    """`from` is a word of Python's, so the fields that hold the days are named when the form is made."""

    union = RecordField(label=gettext_lazy("Union"), queryset=Union.objects.none())

    def __init__(self, *args, reader, **kwargs):
        super().__init__(*args, auto_id="workbook-%s", **kwargs)
        self.fields["union"].queryset = Union.objects.writable_by(reader).for_choosing()
        self.fields["from"] = DayField(label=_("From"))
        self.fields["to"] = DayField(label=_("To"))

    def clean(self):
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if first and last and last < first:
            raise ValidationError({"to": _("The last day lies before the first.")})


@require_GET
@permission_required("importing.add_import", raise_exception=True)
def workbook(request):
    """The form and, where it is answered, the workbook."""
    today = timezone.localdate()
    if "union" in request.GET or "union-words" in request.GET:
        form = WorkbookForm(request.GET, reader=request.user)
        if form.is_valid():
            said = form.cleaned_data
            context = Context(union=said["union"], today=today, reader=request.user)
            content = write_workbook(context, Period(said["from"], said["to"]))
            name = f"{said['union'].code} {said['from']:%Y-%m-%d} {said['to']:%Y-%m-%d}.xlsx"
            return attachment(content, FORMATS["xlsx"].media_type, name)
    else:
        this_year = {"union": request.user.union_id, "from": today.replace(month=1, day=1)}
        form = WorkbookForm(reader=request.user, initial=this_year | {"to": today.replace(month=12, day=31)})
    return render(request, "imports/workbook.html", {"form": form})
