"""A DOCX template with placeholders, filled in. Never executes anything: a template names placeholders, and no more.

Whatever is wrong with one is a TemplateFault, whose sentence names what is at fault for whoever wrote the template.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from docx import Document as read_docx
from docx.document import Document as Docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import LxmlError
from markupsafe import Markup

from .placeholders import (
    OF_REPORTS,
    TemplateFault,
    Vocabulary,
    broken,
    check_placeholders,
    more_than_a_placeholder,
)

MOST_UNPACKED = 40 * 1024 * 1024  # bytes; a template that unpacks to more is no template
MARK = "the body of the document stands here"
BODY = Markup(f"<w:p><w:r><w:t>{MARK}</w:t></w:r></w:p>")  # noqa: S704 - our own words
# All a template may be made of: texts, placeholders, and whether a placeholder is empty; with lists, their rows too.
UNDERSTOOD = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
)
OF_LISTS = (nodes.For, nodes.Getattr)
# Fields by which Word itself would fetch a file or start a program when the document is opened.
FETCHING = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|DATABASE|IMPORT|INCLUDE|RD)\b", re.IGNORECASE)


class PlaceholdersOnly(SandboxedEnvironment):
    """Jinja cut down to placeholders of the house, and to asking whether one is empty.

    `check_placeholders` has refused everything else before, by its own words. This is the second fence: every part of
    a template is compiled here, in a sandbox, with strict undefined names and escaping.
    """

    def __init__(self, vocabulary: Vocabulary = OF_REPORTS):
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self.vocabulary = vocabulary
        self.understood = (*UNDERSTOOD, *(OF_LISTS if vocabulary.lists else ()))

    def _parse(self, source, name, filename):
        tree = super()._parse(source, name, filename)
        rows = {one.target.name for one in tree.find_all(nodes.For) if isinstance(one.target, nodes.Name)}
        for node in _all_nodes(tree):
            if not (isinstance(node, self.understood) and self._is_known(node, rows)):
                raise TemplateFault(more_than_a_placeholder(str(getattr(node, "name", type(node).__name__))))
        return tree

    def _is_known(self, node: nodes.Node, rows: set[str]) -> bool:
        """A placeholder by its name; of a list its rows, and of a row what it says."""
        if isinstance(node, nodes.Name):
            return self.vocabulary.knows(node.name) or node.name in rows
        if isinstance(node, nodes.For):
            plain = isinstance(node.iter, nodes.Name) and node.iter.name in self.vocabulary.lists
            return plain and not (node.test or node.else_ or node.recursive)
        if isinstance(node, nodes.Getattr):
            is_row = isinstance(node.node, nodes.Name) and node.node.name in rows
            return is_row and any(node.attr in one for one in self.vocabulary.lists.values())
        return True


def _all_nodes(node):
    yield node
    for child in node.iter_child_nodes():
        yield from _all_nodes(child)


def fill_in(template: bytes, words: Mapping[str, object], vocabulary: Vocabulary = OF_REPORTS) -> Docx:
    """The template with its placeholders filled in; where its body belongs, if it has one, `place_of_body` finds it.

    Raises TemplateFault.
    """
    _refuse_what_is_no_template(template)
    try:
        drawn = read_docx(BytesIO(template))
        _refuse_fetching_fields(drawn)
        check_placeholders(drawn, vocabulary)
        filled = DocxTemplate(BytesIO(template))
        filled.render(dict(words) | {"body": BODY}, PlaceholdersOnly(vocabulary), autoescape=True)
        written = BytesIO()
        filled.save(written)
        docx = read_docx(written)  # read anew: what was filled in is plain XML without Word's own methods
    except TemplateFault:
        raise
    except TemplateError as refused:
        raise TemplateFault(broken(str(refused.message))) from None
    except (PackageNotFoundError, BadZipFile, LxmlError, KeyError, ValueError, AttributeError, IndexError):
        raise TemplateFault(_no_word_file()) from None
    if vocabulary.has_body:
        place_of_body(docx)
    return docx


def place_of_body(docx: Docx):
    """The paragraph in whose place the body goes. Raises TemplateFault where there is none, or more than one."""
    found = [one for one in docx.element.body.iter(qn("w:t")) if one.text and MARK in one.text]
    placed = [one for one in docx.element.body.xpath("./w:p") if one.text == MARK]
    if len(found) == len(placed) == 1:
        return placed[0]
    if not found:
        raise TemplateFault(_("The placeholder {{p body }} is missing: the report would have no text."))
    raise TemplateFault(
        _("The placeholder {{p body }} stands once, in a paragraph of its own and outside tables, written with the p.")
    )


def _no_word_file() -> str:
    return _("This is not a Word document in DOCX form.")


def _refuse_what_is_no_template(template: bytes) -> None:
    """Refuses what is not DOCX, unpacks too large, carries programs, or fetches something from elsewhere."""
    try:
        with ZipFile(BytesIO(template)) as parts:
            sizes = {one.filename: one.file_size for one in parts.infolist()}
            if sum(sizes.values()) > MOST_UNPACKED:
                raise TemplateFault(_("The template is too large once unpacked."))
            if "word/document.xml" not in sizes or "[Content_Types].xml" not in sizes:
                raise TemplateFault(_no_word_file())
            kinds = parts.read("[Content_Types].xml")
            links = b"".join(parts.read(one) for one in sizes if one.endswith(".rels"))
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise TemplateFault(_no_word_file()) from None
    if b"macroEnabled" in kinds or any(mark in one for one in sizes for mark in ("vbaProject", "activeX")):
        raise TemplateFault(_("The template carries macros. Save it as a DOCX without them."))
    if any("/embeddings/" in one for one in sizes):
        raise TemplateFault(_("The template carries another file inside. Take it out and save it again."))
    for link in re.findall(rb"<Relationship\b[^>]*>", links):
        if b'"External"' in link and b"/hyperlink" not in link:
            raise TemplateFault(
                _("The template fetches something from elsewhere, such as a linked picture. Put it into the file.")
            )


def _refuse_fetching_fields(docx: Docx) -> None:
    """Fields of Word that fetch a file or start a program, wherever in the document they stand."""
    for part in docx.part.package.iter_parts():
        if not str(part.content_type).endswith("+xml"):
            continue
        root = parse_xml(part.blob)
        told = "".join(one.text or "" for one in root.iter(qn("w:instrText")))
        told += " ".join(one.get(qn("w:instr"), "") for one in root.iter(qn("w:fldSimple")))
        if found := FETCHING.search(told):
            raise TemplateFault(
                _("The template holds the field “%(field)s”, which fetches something from elsewhere. Take it out.")
                % {"field": found[0]}
            )
