"""Templates with lists: filled row by row, refused with the placeholder at fault and where it stands, and never run."""

import pytest
from django.utils import translation
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.kit.test_templates import repacked, template
from tests.kit.written import docx_of, docx_words
from unionrelations.kit.writers import TemplateFault, Vocabulary
from unionrelations.kit.writers.filled import BLANK, check_paper_template, fill_paper

KNOWN = Vocabulary(("title", "place"), {"members": ("name", "task"), "costs": ("item",)})
BEGIN, END = "{%tr for one in members %}", "{%tr endfor %}"


def table(*rows: tuple[str, ...], lines=()) -> bytes:
    """A template with these paragraphs and one table."""

    def put(docx):
        drawn = docx.add_table(len(rows), max(len(row) for row in rows))
        for cells, row in zip(drawn.rows, rows, strict=True):
            for cell, words in zip(cells.cells, row, strict=False):
                cell.text = words

    return template(*lines, body=None, add=put)


def fault_of(contents: bytes, language="en") -> str:
    with translation.override(language), pytest.raises(TemplateFault) as refused:
        check_paper_template(contents, KNOWN)
    return str(refused.value)


def test_a_row_is_repeated_for_each_of_a_list():
    drawn = table((BEGIN,), ("{{ one.name }}", "{{ one.task }}"), (END,), lines=("{{ title }}",))
    check_paper_template(drawn, KNOWN)
    people = [{"name": f"Người {n} & <bạn>", "task": "Thành viên\nPhiên dịch"} for n in range(3)]
    made = fill_paper(drawn, "a", {"title": "Đoàn", "place": BLANK, "members": people, "costs": []}, KNOWN)
    rows = [[cell.text for cell in row.cells] for row in docx_of(made).tables[0].rows]
    assert rows == [[f"Người {n} & <bạn>", "Thành viên\nPhiên dịch"] for n in range(3)]
    assert docx_words(made).startswith("Đoàn\n")


@pytest.mark.parametrize(
    ("rows", "named", "place"),
    [
        (((BEGIN,), ("{{ one.salary }}",), (END,)), "one.salary", "table 1, row 2"),
        (((BEGIN,), ("{{ two.name }}",), (END,)), "two.name", "table 1, row 2"),
        ((("{%tr for one in guests %}",), ("a",), (END,)), "guests", "table 1, row 1"),
        (((BEGIN,), ("{{ one.name }}",)), "{%tr for one in members %}", "endfor"),
        ((("{{ one.name }}",),), "one.name", "table 1, row 1"),
        (((BEGIN,), ("{{ one.name }}",), (END,), ("{{ one.name }}",)), "one.name", "table 1, row 4"),
        (((BEGIN,), ("a",), ("{%tr endif %}",)), "{%tr endif %}", "table 1, row 3"),
        (((BEGIN,), ("{%tr for two in costs %}",), (END,), (END,)), "for two", "table 1, row 2"),
        ((("{%tr for title in members %}",), ("a",), (END,)), "for title", "table 1, row 1"),
        (((f"{BEGIN} {{{{ one.name }}}}",), (END,)), "for one", "table 1, row 1"),
    ],
)
def test_what_is_wrong_in_a_list_is_named_with_where_it_stands(rows, named, place):
    said = fault_of(table(*rows))
    assert named in said
    assert place in said


def test_a_paragraph_and_a_head_are_named_too():
    assert "paragraph 2" in fault_of(template("{{ title }}", "{{ tilte }}", body=None))
    assert "đoạn 2" in fault_of(template("{{ title }}", "{{ tilte }}", body=None), "vi")

    def in_its_head(docx):
        docx.sections[0].header.paragraphs[0].text = "{{ nothing }}"

    assert "head or foot" in fault_of(template(body=None, add=in_its_head))


@pytest.mark.parametrize(
    "attack",
    [
        "{{ one.name.__class__ }}",
        "{{ one.__class__ }}",
        "{{ one.keys }}",
        "{{ one['name'] }}",
        "{{ one.name|upper }}",
        "{{ one.name() }}",
        "{{ members.__class__ }}",
        "{{ members.append }}",
        "{{ loop.index }}",
        "{{ title.format }}",
        "{% for a in [1, 2] %}x{% endfor %}",
        "{% for a in members if a.name %}x{% endfor %}",
        "{% for a in members recursive %}x{% endfor %}",
        "{% for a in range(10) %}x{% endfor %}",
        "{% for a, b in members %}x{% endfor %}",
        "{{ namespace() }}",
    ],
)
def test_a_list_runs_nothing(attack):
    assert attack.strip("{}% ")[:4] in fault_of(table((BEGIN,), (attack,), (END,)))


@pytest.mark.parametrize("field", ["DDEAUTO cmd.exe", "INCLUDETEXT http://a", "INCLUDEPICTURE http://a", "LINK a b"])
def test_a_field_that_fetches_or_starts_something_is_refused(field):
    def put(docx):
        run = docx.add_paragraph()._p
        half = len(field) // 2
        pieces = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in (field[:half], field[half:]))
        run.append(parse_xml(f"<w:p {nsdecls('w')}>{pieces}</w:p>"))

    assert field.split()[0] in fault_of(template("a", body=None, add=put))


def test_macros_links_and_files_inside_are_refused():
    plain = template("{{ title }}", body=None)
    link = b'<Relationship Id="rId99" Type="http://a/image" Target="http://example.vn/a" TargetMode="External"/>'
    for hostile in (
        {"word/vbaProject.bin": b"x"},
        {"word/activeX/activeX1.xml": b"<a/>"},
        {"word/embeddings/oleObject1.bin": b"x"},
        {"word/_rels/document.xml.rels": lambda old: old.replace(b"</Relationships>", link + b"</Relationships>")},
        {"word/media/a.png": b"\0" * 50_000_000},
    ):
        assert fault_of(repacked(plain, **hostile))


@pytest.mark.parametrize("contents", [b"", b"%PDF-1.7", b"PK\x03\x04"])
def test_what_is_no_word_file_is_refused(contents):
    assert "DOCX" in fault_of(contents)
