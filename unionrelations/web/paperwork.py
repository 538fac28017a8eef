"""Papers made from a record: the menu on its page, the file, and keeping it. Never knows what a paper says."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from activities.entities.activities import AllActivitiesTable
from activities.models import Activity, Paper, Plan
from activities.reports.paperwork.kinds import Kind, Language
from activities.reports.paperwork.making import MadePaper, kinds_of, remark_on
from unionrelations.kit.writers import FORMATS, TemplateFault

from .files import attachment

DOCX = FORMATS["docx"]
OF = {"activities": Activity, "plans": Plan}
MADE = "made"  # in the address of a record: the paper just made, to be downloaded
# Kept as what it is only where a draft says no more than that: an unsigned report has not been handed in.
KEPT_AS = {Kind.SUBMISSION: Paper.Kind.REQUEST, Kind.PROGRAMME: Paper.Kind.PROGRAMME}


class MakingForm(forms.Form):
    """Which paper, in which language; where it may be kept, whether it is."""

    paper = forms.ChoiceField(label=gettext_lazy("Document"))
    keep = forms.BooleanField(label=gettext_lazy("Attach it to the papers as well"), required=False)

    def __init__(self, *args, record, may_keep: bool, **kwargs):
        super().__init__(*args, auto_id="make-%s", **kwargs)
        self.fields["paper"].choices = [
            (f"{kind}.{language}", f"{capfirst(str(kind.label))} – {language.label}")
            for kind, language in kinds_of(record)
        ]
        self.url = reverse("paper-make", args=["plans" if isinstance(record, Plan) else "activities", record.pk])
        if not may_keep or isinstance(record, Plan):  # a plan has no papers
            del self.fields["keep"]

    def chosen(self) -> tuple[Kind, Language]:
        kind, _dot, language = self.cleaned_data["paper"].partition(".")
        return Kind(kind), Language(language)


def making_of(record, user, *, writes: bool) -> MakingForm | None:
    """The form on the page of a record of which papers are made; `writes` is whether the reader may change it."""
    if not isinstance(record, Activity | Plan):
        return None
    return MakingForm(record=record, may_keep=writes and user.has_perm("activities.add_paper"))


@require_POST
def make(request, of: str, pk: int):
    """The file of a paper; kept among the papers of its activity first, where that is asked for."""
    model = OF.get(of)
    if model is None or not request.user.has_perm(f"activities.view_{model._meta.model_name}"):
        raise Http404
    record = get_object_or_404(model.objects.visible_to(request.user), pk=pk)
    writes = model.objects.writable_by(request.user).filter(pk=record.pk).exists()
    may_keep = writes and request.user.has_perm("activities.add_paper")
    form = MakingForm(request.POST, record=record, may_keep=may_keep)
    page = reverse(f"{AllActivitiesTable.SLUGS[record.kind] if of == 'activities' else of}-detail", args=[record.pk])
    if not form.is_valid():
        messages.error(request, _("Choose which document to make."))
        return HttpResponseRedirect(page)
    paper = MadePaper(record, *form.chosen(), reader=request.user)
    try:
        content = paper.write()
        if not form.cleaned_data.get("keep"):
            return attachment(content, DOCX.media_type, paper.file_name)
        kept = _keep(paper, content)
    except (TemplateFault, ValidationError) as fault:
        messages.error(request, " ".join(getattr(fault, "messages", [str(fault)])))
        return HttpResponseRedirect(page)
    messages.success(request, _("Made and attached: %(paper)s") % {"paper": kept.note})
    return HttpResponseRedirect(f"{page}?{MADE}={kept.pk}#papers")


@transaction.atomic
def _keep(paper: MadePaper, content: bytes) -> Paper:
    """Without number and day, which the clerk gives it; an edit of its activity, as with every row under one."""
    kept = Paper(
        activity_id=paper.record.pk,
        kind=KEPT_AS.get(paper.kind, Paper.Kind.OTHER),
        file=ContentFile(content, name=paper.file_name),
        note=remark_on(paper),
        uploaded_by=paper.reader,
    )
    kept.full_clean(exclude=["uploaded_by"])
    kept.save()
    paper.record.changed_by = paper.reader
    paper.record.save(update_fields=["changed_by"])
    return kept


def just_made(request, record) -> str:
    """Where the paper just made is downloaded; "" where none was, or it is not one of this record's."""
    asked = request.GET.get(MADE, "")
    if not asked.isdecimal() or len(asked) > 18:
        return ""
    kept = Paper.objects.visible_to(request.user).filter(pk=asked, activity=record.pk).first()
    return reverse("paper-file", args=[kept.pk]) if kept and kept.file else ""
