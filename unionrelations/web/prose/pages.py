"""A document entered with its text, and a stored one read again: first the text, then a person's say, then keeping.

Nothing is stored before the last step. Until then everything travels in the form.
"""

from __future__ import annotations

from functools import cached_property

from django.contrib import messages
from django.db import transaction
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from activities.models import SourceDocument
from unionrelations.kit import contents
from unionrelations.kit.choosing import is_key
from unionrelations.web.drafting import LONGEST, forget, opened_by
from unionrelations.web.entities import EntityMixin
from unionrelations.web.models import Draft, Undo
from unionrelations.web.writing import EntityCreate

from .handing_in import ReportForm, TextForm
from .originals import Waiting, keep_original
from .review import ALL_CLEAR, ANSWERS, FOR_ALL, Refused, Review, Source
from .stubs import remember, remembered
from .unions import ForAll

SAVE, BACK = "save", "back"  # the names of the buttons
ADD_FIGURES = "activities.add_reportedfigure"
HELD_APART = {"csrfmiddlewaretoken", "text", "report", SAVE, BACK, *ANSWERS, ALL_CLEAR, FOR_ALL}
OF_ALL = {"everyone", "everyone-words", "everyone-meant"}
OK = 200


class ReviewMixin:
    """The second step and the last, whether the document is stored already or comes with its text."""

    sent: QueryDict = None

    def review(self, form, text: str, source: Source):
        """Lays the text out, does what the button pressed says, and saves where that was asked for."""
        review = Review(text, self.sent, self.request.user, source=source)
        review.answer(self.request.POST)
        if SAVE in self.request.POST:
            try:
                return self._keep(form, review)
            except Refused:
                self.object = None
        return self._show(form, review)

    def _hold(self, form) -> None:
        """Puts what was handed in where it travels: the text into the form, the file of it aside."""
        if text := form.cleaned_data.get("text"):
            self.sent["text"] = text
        if text and form.content is not None:
            name = form.cleaned_data["report"].name
            self.sent["upload"] = Waiting.store(form.content, name).sign(self.request.user)

    def _keep(self, form, review: Review):
        user = self.request.user
        with transaction.atomic():
            document = review.source.document or form.save()
            figures = review.keep(document)
            held = self._attach(document)
            made = [*reversed(figures), *([] if review.source.document else [document])]
            said = self._said(document, figures)
            step = Undo.objects.keep(user, said, made, made=True) if made else None
            if not review.source.document:
                forget(self.request, "documents", None, opened_by(self.request, "documents", None))
        remember(self.request, document, [one for one in review.stubs if str(one.number) != self.request.POST[SAVE]])
        if held is not None:
            held.forget()
        messages.success(self.request, self._linked(said, document), extra_tags=step.url if step else "")
        return redirect(self._next_address(document, review))

    def _carried(self, own: set[str]) -> list[tuple[str, str]]:
        """What was sent and has no field on this page; it comes back with the next step."""
        if self.sent is None:
            return []
        return [
            (name, value)
            for name, values in self.sent.lists()
            if name not in own and name not in HELD_APART
            for value in values
        ]

    def _attach(self, document: SourceDocument) -> Waiting | None:
        """The uploaded report becomes the document's file; one that may not be kept is said, and stops nothing."""
        held = Waiting.read(self.sent.get("upload"), self.request.user)
        if held is not None:
            try:
                keep_original(document, held, self.request.user)
            except contents.Refused as refused:
                messages.warning(self.request, str(refused))
        return held

    def _said(self, document, figures) -> str:
        if not figures:
            return _("Saved: %(record)s") % {"record": document}
        return ngettext(
            "Saved: %(count)d figure of %(record)s", "Saved: %(count)d figures of %(record)s", len(figures)
        ) % {"count": len(figures), "record": document}

    def _linked(self, said: str, document):
        """The sentence with the document's name as a link, since the next page may be another one."""
        before, name, after = said.partition(str(document))
        url = reverse("documents-detail", args=[document.pk])
        return format_html('{}<a href="{}">{}</a>{}', before, url, name, after)

    def _next_address(self, document, review: Review) -> str:
        """Where the activity is logged whose button was pressed; else what is still to be logged; else the record."""
        chosen = self.request.POST[SAVE]
        stub = next((one for one in review.stubs if str(one.number) == chosen), None)
        if stub is not None:
            return stub.address(document, self.request.user)
        return reverse("documents-read" if review.stubs else "documents-detail", args=[document.pk])

    def _show(self, form, review: Review):
        own = {name for one in review.candidates for name in one.names_sent()}
        review.lay_out()
        return render(
            self.request,
            "prose/review.html",
            {
                "review": review,
                "carried": self._carried(own | OF_ALL),
                "title": self.heading(),
                "document": review.source.document,
                "named": review.source.document or self.sent.get("title", ""),
                "for_all": ForAll(self._whose(review), review.shelf),
                "language": self._language(review.source.document),
                "refused": SAVE in self.request.POST,
                "address": self.request.path,
            },
        )

    def _whose(self, review: Review) -> int | None:
        """The union offered for every figure: chosen before, else the document's, else the reader's own."""
        chosen = self.sent.get("everyone", "")
        if is_key(chosen):
            return int(chosen)
        return review.source.union.pk if review.source.union else self.request.user.union_id

    def _language(self, document) -> str:
        return document.language if document else self.sent.get("language", "vi")


class DocumentCreate(ReviewMixin, EntityCreate):
    """As any record is entered; with a text, its figures are shown first."""

    template_name = "prose/document_form.html"

    def get_template_names(self):
        return [self.template_name] if self.reads else super().get_template_names()

    @cached_property
    def reads(self) -> bool:
        return self.request.user.has_perm(ADD_FIGURES)

    def get_form_class(self):
        return ReportForm if self.reads else super().get_form_class()

    def post(self, request, *args, **kwargs):
        handed_in = request.FILES.get("report") or request.POST.get("text", "").strip()
        if not self.reads or not handed_in:
            return super().post(request, *args, **kwargs)
        self.object, self.sent = None, request.POST.copy()
        if BACK in request.POST:
            return self._again(*self._unjudged())
        form = self.get_form()
        is_sound = form.is_valid()
        self._hold(form)
        if not is_sound:
            return self._again(form, self.formsets(form.instance))
        answer = self.review(form, form.cleaned_data["text"], Source(form.cleaned_data["union"], form.instance.period))
        if answer.status_code == OK:
            self._keep_draft()
        return answer

    def _keep_draft(self):
        """What was answered so far is as dear as what was typed."""
        if len(self.sent.get("text", "")) < LONGEST // 2:
            Draft.objects.keep(self.request.user.pk, self.entity.slug, None, self.sent)

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        fields = context["form"].fields
        own = {"opened", *fields, *(f"{name}-{part}" for name in fields for part in ("words", "meant"))}
        return context | {"may_log_another": not self.reads, "carried": self._carried(own)}


class DocumentRead(ReviewMixin, EntityMixin, View):
    """A stored document whose text is handed in again; and what of it is still to be logged."""

    permission_required = ("activities.view_sourcedocument", ADD_FIGURES)

    def get_permission_required(self):
        return self.permission_required

    @cached_property
    def document(self) -> SourceDocument:
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])

    def heading(self) -> str:
        return _("Read figures from its text")

    def get(self, request, *args, **kwargs):
        return self._first(TextForm())

    def post(self, request, *args, **kwargs):
        self.sent = request.POST.copy()
        form = TextForm(self.sent, request.FILES)
        if BACK in request.POST:
            return self._first(TextForm(initial={"text": self.sent.get("text", "")}))
        if not form.is_valid():
            return self._first(form)
        if not form.cleaned_data["text"].strip():
            form.add_error("text", _("Paste the text, or choose its file."))
            return self._first(form)
        self._hold(form)
        document = self.document
        return self.review(form, form.cleaned_data["text"], Source(document.union, document.period, document))

    def _first(self, form):
        context = {
            "entity": self.entity,
            "title": self.heading(),
            "document": self.document,
            "form": form,
            "carried": self._carried(set()),
            "to_log": remembered(self.request, self.document),
        }
        return render(self.request, "prose/read.html", context)
