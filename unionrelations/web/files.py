"""Answers that are files: a document in a format, an upload of a record, a report that was made.

Every upload is handed out as a download, by whoever sees the record it belongs to; never by its path alone.
"""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from activities.models import Paper
from activities.reports.models import ReportFile, ReportTemplate, SignedFile
from unionrelations.kit.documents import Document
from unionrelations.kit.writers import Format, TemplateFault


def download(document: Document, chosen: Format) -> HttpResponse:
    """Answers 400 with the sentence where the organisation's own template cannot be used."""
    try:
        written = chosen.write(document)
    except TemplateFault as fault:
        raise BadRequest(str(fault)) from fault
    return attachment(written, chosen.media_type, f"{document.title}.{chosen.suffix}")


def attachment(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_GET
def kept_file(request, name: str):
    """A paper's file, a report's, signed or not, or a template, for who sees the paper, the union or the template."""
    reader = request.user
    for rows in (
        Paper.objects.visible_to(reader),
        ReportFile.objects.visible_to(reader),
        SignedFile.objects.visible_to(reader),
        ReportTemplate.objects.visible_to(reader),
    ):
        kept = rows.filter(file=name).first()
        if kept is not None:
            try:
                return FileResponse(kept.file.open("rb"), as_attachment=True)
            except FileNotFoundError:
                break
    raise Http404(name)
