"""A template of one's own: used as it is drawn, refused with the placeholder at fault, and never run."""

import io
import runpy
import zipfile
from pathlib import Path

import pytest
from django.utils import translation
from docx import Document as new_docx
from docx.shared import Pt

from tests.kit.written import docx_of, docx_words, grid, of_one, official
from unionrelations.kit.documents import Heading, Paragraph
from unionrelations.kit.writers import TemplateFault, write_docx
from unionrelations.kit.writers.docx import check_template, house_template
from unionrelations.kit.writers.official import PLACEHOLDERS


def template(*lines, body="{{p body }}", add=None) -> bytes:
    docx = new_docx()
    for line in (*lines, *([body] if body else [])):
        docx.add_paragraph(line)
    if add:
        add(docx)
    kept = io.BytesIO()
    docx.save(kept)
    return kept.getvalue()


def repacked(contents: bytes, **changed) -> bytes:
    """The same file with some of its parts put in, or changed by a function."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(contents)) as old, zipfile.ZipFile(kept, "w") as new:
        parts = {one: old.read(one) for one in old.namelist()}
        for name, what in changed.items():
            parts[name] = what(parts.get(name, b"")) if callable(what) else what
        for name, part in parts.items():
            new.writestr(name, part)
    return kept.getvalue()


def fault_of(contents: bytes) -> str:
    with pytest.raises(TemplateFault) as refused:
        check_template(contents)
    return str(refused.value)


def test_the_house_template_is_sound_and_uses_the_placeholders_it_explains():
    check_template(house_template())
    words = docx_words(house_template())
    for one in set(PLACEHOLDERS) - {"title", "body"}:
        assert f"{{{{ {one} }}}}" in words, one


def test_a_template_of_ones_own_is_used_with_its_own_words_and_styles():
    def in_large_letters(docx):
        docx.styles["Normal"].font.size = Pt(16)
        docx.sections[0].header.paragraphs[0].text = "Văn phòng {{ issuer }}"

    own = template(
        "Cơ quan: {{ issuer }}", "{%p if superior %}", "{{ superior }}", "{%p endif %}", add=in_large_letters
    )
    document = of_one(
        Paragraph("Lời."),
        Heading("Mục"),
        grid(1),
        official=official(template=lambda: own),
        annexes=(grid(1, wide=True),),
    )
    docx = docx_of(write_docx(document))
    said = [one.text for one in docx.paragraphs]
    assert said[:4] == ["Cơ quan: CÔNG ĐOÀN CÔNG THƯƠNG VIỆT NAM", "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "Lời.", "Mục"]
    assert docx.sections[0].header.paragraphs[0].text == "Văn phòng CÔNG ĐOÀN CÔNG THƯƠNG VIỆT NAM"
    assert docx.styles["Normal"].font.size == Pt(16)
    assert docx.paragraphs[2].style.name == "Body Text"  # there is one in Word itself, as its authors left it
    assert docx.tables[0].cell(0, 0).paragraphs[0].style.name == "Table Head"  # theirs has none: the house's
    assert docx.sections[-1].page_width > docx.sections[-1].page_height


def test_words_of_a_template_split_by_word_itself_are_put_together():
    def split(docx):
        paragraph = docx.add_paragraph()
        for piece in ("{", "{ iss", "uer }", "}"):
            paragraph.add_run(piece).bold = piece == "{ iss"

    own = template(add=split)
    assert "CÔNG ĐOÀN" in docx_words(write_docx(of_one(Paragraph("a"), official=official(template=lambda: own))))


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("{{ isuer }}", "isuer"),
        ("{%p if nothing %}", "nothing"),
        ("Số: {{ number", "{{ number"),
        ("{{ subject }", "{{ subject }"),
        ("{% if superior %} a", "{% if superior %}"),
        ("{% endif %}", "{% endif %}"),
        ("{% nonsense %}", "{% nonsense %}"),
        ("{{ }}", "{{ }}"),
        ("{{p issuer }}", "{{p issuer }}"),
        ("{{r issuer }}", "{{r issuer }}"),
        ("{% else %}", "{% else %}"),
        ("{% elif issuer %}", "{% elif issuer %}"),
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_faulty_placeholder_is_named(line, named, language):
    with translation.override(language):
        said = fault_of(template("Trước", line, "Sau"))
    assert named in said


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ issuer.__init__.__globals__ }}",
        "{{ issuer|attr('__class__') }}",
        "{{ issuer.upper() }}",
        "{{ issuer * 1000000000 }}",
        "{% for one in issuer %}{{ one }}{% endfor %}",
        "{% set issuer = 1 %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% macro a() %}{% endmacro %}",
        "{{ lipsum }}",
        "{{ self }}",
        "{{ range(10) }}",
        "{{ cycler.__init__.__globals__.os }}",
    ],
)
def test_a_template_runs_nothing(attack):
    assert fault_of(template(attack))


def test_properties_heads_and_notes_of_a_template_run_nothing_either():
    def in_its_title(docx):
        docx.core_properties.title = "{{ ''.__class__ }}"

    def in_its_head(docx):
        docx.sections[0].header.paragraphs[0].text = "{{ ''.__class__ }}"

    assert "__class__" in fault_of(template(add=in_its_title))
    assert "__class__" in fault_of(template(add=in_its_head))


def test_what_is_filled_in_is_never_read_as_a_placeholder():
    hostile = official(issuer="{{ ''.__class__ }} {% if %} <w:p>")
    assert "{{ ''.__CLASS__ }} {% IF %} <W:P>" in docx_words(write_docx(of_one(Paragraph("a"), official=hostile)))


def test_a_template_without_a_place_for_the_text_is_refused():
    assert "{{p body }}" in fault_of(template("{{ issuer }}", body=None))


@pytest.mark.parametrize("body", ["{{ body }}", "Lời: {{ body }}"])
def test_the_text_needs_a_paragraph_of_its_own(body):
    assert "{{p body }}" in fault_of(template(body=body))


def test_the_text_stands_once_and_outside_tables():
    assert "{{p body }}" in fault_of(template("{{p body }}"))

    def in_a_table(docx):
        docx.add_table(1, 1).cell(0, 0).text = "{{p body }}"

    assert "{{p body }}" in fault_of(template(body=None, add=in_a_table))


@pytest.mark.parametrize("contents", [b"", b"%PDF-1.7", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 200])
def test_what_is_no_word_file_is_refused(contents):
    assert "DOCX" in fault_of(contents)


def test_a_broken_word_file_is_refused():
    assert "DOCX" in fault_of(repacked(house_template(), **{"word/document.xml": b"<w:document"}))
    assert "DOCX" in fault_of(repacked(house_template(), **{"word/styles.xml": b"<"}))
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as parts:
        parts.writestr("xl/workbook.xml", "<a/>")
    assert "DOCX" in fault_of(other.getvalue())


def test_a_file_that_unpacks_without_end_is_refused():
    assert fault_of(repacked(house_template(), **{"word/media/a.png": b"\0" * 50_000_000}))


def test_macros_and_what_is_fetched_from_elsewhere_are_refused():
    assert "macro" in fault_of(repacked(house_template(), **{"word/vbaProject.bin": b"x"}))
    link = b'<Relationship Id="rId99" Type="http://a/image" Target="http://example.vn/a" TargetMode="External"/>'
    outside = {"word/_rels/document.xml.rels": lambda old: old.replace(b"</Relationships>", link + b"</Relationships>")}
    assert fault_of(repacked(house_template(), **outside))


def test_a_part_outside_cannot_be_read_through_a_template():
    entity = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    hostile = repacked(
        house_template(),
        **{"word/document.xml": lambda old: old.replace(b"?>", b"?>" + entity, 1).replace(b"{{ kind }}", b"&x;")},
    )
    try:
        written = write_docx(of_one(Paragraph("a"), official=official(template=lambda: hostile)))
    except TemplateFault:
        return
    assert Path("/etc/hostname").read_text().strip() not in docx_words(written)


def test_the_house_template_is_what_its_script_makes(tmp_path, monkeypatch):
    script = Path(__file__).parents[2] / ".ci/template.py"
    made = tmp_path / "report.docx"
    names = runpy.run_path(str(script))
    monkeypatch.setitem(names["main"].__globals__, "PLACE", made)
    names["main"]()
    kept, fresh = zipfile.ZipFile(io.BytesIO(house_template())), zipfile.ZipFile(made)
    for part in ("word/document.xml", "word/styles.xml", "word/header1.xml"):
        assert kept.read(part) == fresh.read(part), "Run: .venv/bin/python .ci/template.py"
