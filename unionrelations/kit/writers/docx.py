"""A Document as an editable Word file, in the official layout or an organisation's own template.

Words, tables and pictures carry the template's styles; a style a template lacks is taken from the house's. Never
writes placeholders: `templates` does.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

from django.utils.translation import get_language
from docx import Document as read_docx
from docx.document import Document as Docx
from docx.oxml.ns import qn

from unionrelations.kit.documents import Document, Paragraph

from .cells import printable
from .docx_blocks import elements_of
from .docx_sections import Flow
from .official import NOTHING_SAID, wording
from .templates import MARK, fill_in, place_of_body

HOUSE_TEMPLATE = Path(__file__).with_name("report.docx")
LANGUAGES = {"vi": "vi-VN", "en": "en-GB"}


@cache
def house_template() -> bytes:
    return HOUSE_TEMPLATE.read_bytes()


def write_docx(document: Document) -> bytes:
    """Raises TemplateFault where the organisation's own template cannot be used."""
    own = document.official.template() if document.official else None
    used = house_template() if own is None else own
    docx = fill_in(used, wording(document)) if document.official else _plain(document.title)
    _complete_styles(docx)
    say_what_it_is(docx, document.title)
    flow = Flow(docx, lambda block, width: elements_of(docx, block, width))
    mark = place_of_body(docx)
    flow.put_before(mark, document.blocks)
    mark.getparent().remove(mark)
    flow.put_at_the_end(document.annexes)
    buffer = BytesIO()
    docx.save(buffer)
    return buffer.getvalue()


def check_template(template: bytes) -> None:
    """Writes a report of one line with it. Raises TemplateFault where it cannot be used."""
    official = replace(NOTHING_SAID, template=lambda: template)
    write_docx(Document("…", (Paragraph("…"),), official))


def _plain(title: str) -> Docx:
    """The house's pages and styles without head and foot, for what is no official paper."""
    docx = read_docx(BytesIO(house_template()))
    for one in docx.element.body.xpath("./*[not(self::w:sectPr)]"):
        docx.element.body.remove(one)
    docx.add_paragraph(printable(title), style="Report Title")
    docx.add_paragraph(MARK)
    return docx


def _complete_styles(docx: Docx) -> None:
    """Adds the house's styles that a template lacks; those it has stay as its authors drew them."""
    theirs, ours = docx.styles.element, read_docx(BytesIO(house_template())).styles.element
    known = {one.get(qn("w:styleId")) for one in theirs.findall(qn("w:style"))}
    for style in ours.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in known:
            added = deepcopy(style)
            added.attrib.pop(qn("w:default"), None)
            theirs.append(added)


def say_what_it_is(docx: Docx, title: str) -> None:
    """Title and language, which readers of screens ask for."""
    language = LANGUAGES[(get_language() or "vi")[:2]]
    docx.core_properties.title, docx.core_properties.language = printable(title)[:255], language
    for one in docx.styles.element.iter(qn("w:lang")):
        one.set(qn("w:val"), language)
