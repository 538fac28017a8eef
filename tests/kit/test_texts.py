"""Files are read by what they are, in their order, and whatever cannot be read says so in one sentence."""

import io
import unicodedata
import zipfile

import pytest
from django.core.exceptions import ValidationError
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from unionrelations.kit import texts
from unionrelations.kit.documents import Document as Paper
from unionrelations.kit.documents import Paragraph
from unionrelations.kit.texts import even, paged, text_of, word
from unionrelations.kit.writers import FORMATS

SENTENCE = "Giai đoạn 2018 – 2023, Công đoàn ngành cử 6 đoàn ra với 17 lượt cán bộ."
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(*lines: str) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def saved(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def package(**parts: str | bytes) -> bytes:
    """A zip package; `__` in a name stands for a slash."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return stream.getvalue()


def body(inner: str, before: str = "") -> bytes:
    return package(word__document=f"{before}<w:document {W}><w:body>{inner}</w:body></w:document>")


def pdf(*paragraphs: str) -> bytes:
    return FORMATS["pdf"].write(Paper("Báo cáo", [Paragraph(one) for one in paragraphs]))


def refusal(content: bytes, name: str = "bao-cao") -> str:
    with pytest.raises(ValidationError) as refused:
        text_of(content, name)
    (said,) = refused.value.messages
    assert name in said
    return said


# --- Plain text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le-with-mark"])
def test_plain_text_is_read_in_any_encoding_of_unicode(encoding):
    content = b"\xff\xfe" + SENTENCE.encode("utf-16-le") if encoding.endswith("mark") else SENTENCE.encode(encoding)
    assert text_of(content, "bao-cao.txt") == SENTENCE


def test_vietnamese_of_windows_before_unicode_is_read():
    """It kept ă â ê ô ơ ư whole and the marks of tone apart."""
    words = "cử sáu đoàn ra, đón bảy đoàn vào"
    assert text_of(b"".join(map(_letter, words)), "cu.txt") == words


def _letter(one: str) -> bytes:
    try:
        return one.encode("cp1258")
    except UnicodeEncodeError:
        apart = unicodedata.normalize("NFD", one)
        letter, tone = unicodedata.normalize("NFC", apart[:-1]), apart[-1]
        return letter.encode("cp1258") + tone.encode("cp1258")


def test_composed_and_decomposed_letters_become_the_same_text():
    for form in ("NFC", "NFD"):
        assert text_of(unicodedata.normalize(form, SENTENCE).encode(), "a.txt") == SENTENCE


def test_line_ends_of_every_machine_are_one():
    assert text_of(b"a\r\nb\rc\n\n", "a.txt") == "a\nb\nc"


@given(st.text())
def test_what_was_evened_stays_as_it_is(text):
    assert even(even(text)) == even(text)


# --- Word


def test_word_gives_paragraphs_tables_and_footnotes_in_their_order():
    document = Document()
    document.add_paragraph("Trước bảng")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(
        [c for row in table.rows for c in row.cells], ("Năm", "Đoàn", "2022", "6 đoàn"), strict=True
    ):
        cell.text = words
    document.add_paragraph("Sau bảng")
    assert text_of(saved(document), "a.docx") == "Trước bảng\nNăm\tĐoàn\n2022\t6 đoàn\nSau bảng"


def test_words_in_several_runs_stay_together_and_deleted_ones_are_gone():
    inner = (
        "<w:p><w:r><w:t>cử 6 </w:t></w:r><w:r><w:t>đoàn</w:t></w:r><w:r><w:tab/><w:t>ra</w:t></w:r>"
        "<w:del><w:r><w:delText>7 đoàn</w:delText></w:r></w:del></w:p>"
    )
    assert text_of(body(inner), "a.docx") == "cử 6 đoàn\tra"


def test_footnotes_follow_the_text():
    notes = (
        f"<w:footnotes {W}><w:footnote><w:p><w:r><w:t>Không kể trực tuyến</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    main = f"<w:document {W}><w:body><w:p><w:r><w:t>6 đoàn ra</w:t></w:r></w:p></w:body></w:document>"
    content = package(word__document=main, word__footnotes=notes)
    assert text_of(content, "a.docx") == "6 đoàn ra\nKhông kể trực tuyến"


def test_a_table_inside_a_table_stays_in_its_cell():
    row = "<w:tr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p>{}</w:tc></w:tr>"
    inner = f"<w:tbl>{row.format('ngoài', '<w:tbl>' + row.format('trong', '') + '</w:tbl>')}</w:tbl>"
    assert text_of(body(inner), "a.docx") == "ngoài trong"


def test_plain_text_is_told_from_what_has_to_be_unpacked():
    assert texts.is_plain(SENTENCE.encode())
    assert not any(map(texts.is_plain, (docx(SENTENCE), pdf(SENTENCE), b"{\\rtf1}", b"\x89PNG")))


def test_a_name_that_lies_about_what_it_is_does_not_matter():
    assert text_of(docx(SENTENCE), "bao-cao.txt") == SENTENCE
    assert SENTENCE in text_of(pdf(SENTENCE), "bao-cao.docx")


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(word, "LARGEST_PART", 1024 * 1024)
    assert "MB" in refusal(body("<w:p/>" + " " * 5_000_000))


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE d [<!ENTITY a "boom"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    ],
)
def test_entities_are_refused(doctype):
    assert refusal(body("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", before=doctype))


def test_a_file_that_nests_without_end_ends_in_a_sentence_or_in_text():
    deep = "<w:tbl><w:tr><w:tc>" * 20_000 + "<w:p><w:r><w:t>6</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 20_000
    assert text_of(body(deep), "a.docx") == "6"


# --- PDF


def test_a_pdf_gives_its_paragraphs_whole_and_without_page_numbers():
    long = " ".join([SENTENCE] * 12)
    read = text_of(pdf(long, "Đoạn thứ hai kể về lớp đào tạo."), "a.pdf")
    assert " ".join(read.split()).count(SENTENCE) == 12
    assert read.splitlines()[-1] == "Đoạn thứ hai kể về lớp đào tạo."


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["Công đoàn ngành cử sáu đoàn", "ra trong năm."], ["Công đoàn ngành cử sáu đoàn ra trong năm."]),
        (["Năm qua có tất cả là", "6 đoàn ra."], ["Năm qua có tất cả là 6 đoàn ra."]),
        (
            ["Một đoạn đã hết ở đây rồi.", "Một đoạn khác bắt đầu."],
            ["Một đoạn đã hết ở đây rồi.", "Một đoạn khác bắt đầu."],
        ),
        (["Ngắn", "Một dòng dài hơn hẳn dòng trước"], ["Ngắn", "Một dòng dài hơn hẳn dòng trước"]),
        (
            ["Các việc đã làm trong năm qua gồm", "- sáu đoàn ra"],
            ["Các việc đã làm trong năm qua gồm", "- sáu đoàn ra"],
        ),
        (["The union sent six dele-", "gations abroad."], ["The union sent six delegations abroad."]),
        (["Đoạn một còn dở dang", "", "và đoạn hai"], ["Đoạn một còn dở dang", "và đoạn hai"]),
    ],
)
def test_printed_lines_become_paragraphs(lines, joined):
    assert paged._joined([lines]) == joined


def test_a_paragraph_goes_on_over_the_page_and_page_numbers_go():
    pages = [["Công đoàn ngành đã cử trong năm", "- 1 -"], ["Trang 2/2", "sáu đoàn ra."]]
    assert paged._joined([paged._without_number(one) for one in pages]) == [
        "Công đoàn ngành đã cử trong năm sáu đoàn ra."
    ]


def test_a_scan_a_locked_and_a_long_pdf_say_so(monkeypatch):
    scan = PdfWriter()
    scan.add_blank_page(200, 200)
    stream = io.BytesIO()
    scan.write(stream)
    assert "scan" in refusal(stream.getvalue()) or "quét" in refusal(stream.getvalue())

    locked = PdfWriter(PdfReader(io.BytesIO(pdf(SENTENCE))))
    locked.encrypt("bi-mat", algorithm="RC4-128")
    stream = io.BytesIO()
    locked.write(stream)
    assert refusal(stream.getvalue())

    monkeypatch.setattr(paged, "MOST_PAGES", 0)
    assert refusal(pdf(SENTENCE))


# --- What is neither


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n ",
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"\xff\xd8\xff\xe0" + bytes(100),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        b"{\\rtf1\\ansi 6 doan ra}",
        bytes(range(256)) * 20,
        b"PK\x03\x04 cut short",
        docx(SENTENCE)[:900],
        b"%PDF-1.7 and then nothing",
        pdf(SENTENCE)[:2000],
        package(xl__workbook="<workbook/>"),
        package(other="<x/>"),
        package(word__document="<w:document"),
    ],
    ids=lambda content: repr(content[:8]),  # further on a package says when it was made
)
def test_whatever_cannot_be_read_is_refused_in_one_sentence(content):
    assert refusal(content, "bao-cao.docx").endswith(".")


def test_an_opendocument_text_is_told_from_a_spreadsheet():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    assert "docx" in refusal(stream.getvalue(), "a.odt")


def test_a_file_and_a_text_beyond_every_report_are_refused(monkeypatch):
    monkeypatch.setattr(texts, "LARGEST", 10)
    assert refusal(SENTENCE.encode())
    monkeypatch.setattr(texts, "LARGEST", 10_000)
    monkeypatch.setattr(texts, "LONGEST", 10)
    with pytest.raises(ValidationError):
        text_of(SENTENCE.encode(), "a.txt")


@given(st.binary(max_size=400))
def test_no_bytes_end_in_an_error(content):
    for start in (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        try:
            text_of(start + content, "a")
        except ValidationError:
            continue  # said in a sentence
