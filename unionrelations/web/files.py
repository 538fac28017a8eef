"""Answers that are files: a document in a format, an upload of a record, a report that was made.

Every upload is handed out as a download, by whoever sees the record it belongs to; never by its path alone.
"""

from __future__ import annotations

from mimetypes import guess_type
from tempfile import SpooledTemporaryFile

from django.core.exceptions import BadRequest
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from activities.models import DocumentFile, Paper
from activities.reports.models import PaperTemplate, ReportFile, ReportTemplate, SignedFile
from unionrelations.kit.documents import Document
from unionrelations.kit.kept_files import KeptFile
from unionrelations.kit.writers import Format, TemplateFault

from .stored import hand_out

LONG = 1024 * 1024  # bytes of a file that is no longer kept in memory while it is written


def download(document: Document, chosen: Format) -> HttpResponse | FileResponse:
    """Answers 400 with the sentence where the organisation's own template cannot be used."""
    name = f"{document.title}.{chosen.suffix}"
    if chosen.write_to:
        return _written_to_a_file(document, chosen, name)
    try:
        written = chosen.write(document)
    except TemplateFault as fault:
        raise BadRequest(str(fault)) from fault
    return attachment(written, chosen.media_type, name)


def _written_to_a_file(document: Document, chosen: Format, name: str) -> HttpResponse | FileResponse:
    """Row after row, so that memory does not grow with the rows; what turned out short is answered whole."""
    file = SpooledTemporaryFile(LONG)  # noqa: SIM115  the answer closes it
    chosen.write_to(file, document)
    length = file.tell()
    file.seek(0)
    if length <= LONG:
        with file:
            return attachment(file.read(), chosen.media_type, name)
    return FileResponse(file, as_attachment=True, filename=name, content_type=chosen.media_type)


def attachment(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_safe
def paper(request, pk: int):
    """The file of a paper, for who sees its activity."""
    return _kept(request, get_object_or_404(Paper.objects.visible_to(request.user), pk=pk))


@require_safe
def document_file(request, pk: int):
    """A file of a document, for who sees the document."""
    return _kept(request, get_object_or_404(DocumentFile.objects.visible_to(request.user), pk=pk))


def _kept(request, row: KeptFile):
    if not row.file:
        raise Http404
    return hand_out(request, row.file, name=row.file_name, media_type=row.media_type, sha256=row.sha256)


@require_safe
def kept_file(request, name: str):
    """A stored file by its name, for who sees the paper, the document, the report's union or the template it is of."""
    reader = request.user
    for rows in (
        Paper.objects.visible_to(reader),
        DocumentFile.objects.visible_to(reader),
        ReportFile.objects.visible_to(reader),
        SignedFile.objects.visible_to(reader),
        ReportTemplate.objects.visible_to(reader),
        PaperTemplate.objects.visible_to(reader),
    ):
        kept = rows.filter(file=name).first()
        if kept is not None:
            if isinstance(kept, KeptFile):
                return _kept(request, kept)
            return hand_out(request, kept.file, media_type=guess_type(name)[0] or "")
    raise Http404(name)
