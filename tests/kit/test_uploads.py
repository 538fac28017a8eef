"""A file is what its content says: every kind that is kept, everything that is refused, and names made fit to show."""

import io
import zipfile

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.kit import given_files as a
from unionrelations.kit.contents import BY_SUFFIX, Refused
from unionrelations.kit.uploads import LONGEST_NAME, in_words, look_at, shown_name

MACRO_DOCUMENT = "application/vnd.ms-word.document.macroEnabled.main+xml"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

MAIN = {"[Content_Types].xml": a.content_types(WORD)}


def refusal(content: bytes, name: str, language: str = "en") -> str:
    with translation.override(language), pytest.raises(Refused) as why:
        look_at(io.BytesIO(content), name)
    return str(why.value)


@pytest.mark.parametrize("name", a.EVERY_KIND)
def test_every_kind_is_told_by_its_content(name):
    content = a.EVERY_KIND[name]
    told = look_at(io.BytesIO(content), name)
    assert told.kind is BY_SUFFIX[name.rpartition(".")[2].lower()]
    assert (told.name, told.size) == (name, len(content))


@pytest.mark.parametrize("content", a.EVERY_KIND.values(), ids=a.EVERY_KIND)
def test_what_is_not_what_its_name_says_is_refused(content):
    kind = look_at(io.BytesIO(content), "tệp").kind
    for suffix, other in BY_SUFFIX.items():
        if other is not kind:
            assert f"its content is of type {kind.suffix.upper()}" in refusal(content, f"tệp.{suffix}")


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"MZ\x90\0" + bytes(500), "bao-cao.pdf", "of type EXE"),
        (b"\x7fELF" + bytes(500), "bao-cao.pdf", "of type ELF"),
        (b"MZ\x90\0" + bytes(500) + a.pdf("x"), "bao-cao.pdf", "of type EXE"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "anh.png", "of type HTML"),
        (b"\xef\xbb\xbf  <html>", "ghi-chu.txt", "of type HTML"),
        (b'<?xml version="1.0"?><svg onload="alert(1)"/>', "anh.png", "of type SVG"),
        (b"#!/bin/sh\nrm -rf /\n", "ghi-chu.txt", "of type SH"),
        (b"GIF89a" + a.pdf("x"), "a.pdf", "of type GIF"),
        (b"Rar!\x1a\x07\x00" + bytes(100), "a.docx", "of type RAR"),
        (bytes(range(256)) * 4, "a.pdf", "of no type that is kept"),
        (a.packed({"a.txt": "x"}), "a.docx", "of type ZIP"),
        (a.pdf("x"), "a.exe", "of a type that is not kept"),
        (a.pdf("x"), "a.pdf.html", "of a type that is not kept"),
        (b"", "a.pdf", "is empty"),
        (b"%PDF-1.7\n1 0 obj", "a.pdf", "damaged or incomplete"),
        (a.pdf("x") + a.packed({"a.txt": "x"}), "a.pdf", "two things at once"),
        (a.jpeg() + a.packed({"a.txt": "x"}), "a.jpg", "two things at once"),
        (a.docx("x")[:-30], "a.docx", "damaged or incomplete"),
        (a.docx("x") + b"more", "a.docx", "damaged or incomplete"),
        (a.png()[:-14], "a.png", "damaged or incomplete picture"),
        (a.jpeg()[:20], "a.jpg", "damaged or incomplete picture"),
        (a.png(60_000, 60_000), "a.png", "a size no scan has"),
        (a.jpeg(0, 5), "a.jpg", "a size no scan has"),
        (a.tiff(2**31, 9), "a.tif", "a size no scan has"),
        (a.webp(16_000_000, 16_000_000), "a.webp", "a size no scan has"),
        (a.heic(90_000, 2), "a.heic", "a size no scan has"),
        (a.packed({"[Content_Types].xml": a.content_types(MACRO_DOCUMENT)}), "a.docx", "holds macros"),
        (a.packed(MAIN | {"word/vbaProject.bin": "x"}), "a.docx", "holds macros"),
        (a.odf("text", more={"Basic/Standard/script-lb.xml": "x"}), "a.odt", "holds macros"),
        (a.compound("WordDocument", "Macros/"), "a.doc", "holds macros"),
        (a.compound("EncryptedPackage", "EncryptionInfo"), "a.docx", "locked with a password"),
        (a.odf("text", encrypted=True), "a.odt", "locked with a password"),
        (a.packed({"[Content_Types].xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "a.docx", "damaged"),
        (a.packed(MAIN | {"w.xml": bytes(60_000_000)}), "a.docx", "unpack to far"),
        (a.packed({"[Content_Types].xml": " " * 2_000_000}), "a.docx", "unpack to far"),
        (a.packed({f"{number}": "" for number in range(6_000)}), "a.xlsx", "unpack to far"),
    ],
)
def test_what_could_harm_or_deceive_is_refused_in_one_sentence(content, name, said):
    refused = refusal(content, name)
    assert said in refused
    assert f"“{name}”" in refused


def test_a_refusal_reads_in_both_languages_and_takes_no_name_for_a_placeholder():
    assert "100%(x)s %d.pdf" in refusal(b"", "100%(x)s %d.pdf")
    assert "bao-cao.pdf" in refusal(b"MZ", "bao-cao.pdf", "vi")


def test_two_parts_of_one_name_are_refused():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("[Content_Types].xml", a.content_types(WORD))
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("[Content_Types].xml", a.content_types(MACRO_DOCUMENT))
    assert "damaged" in refusal(kept.getvalue(), "a.docx")


def test_the_limit_is_the_house_s(settings):
    settings.UPLOAD_LIMIT = 2 * 1024 * 1024
    content = a.pdf("x")
    assert look_at(io.BytesIO(content + b" " * 1000), "a.pdf").size == len(content) + 1000
    assert "larger than 2.0 MB" in refusal(content.ljust(2 * 1024 * 1024 + 1), "a.pdf")


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("C:\\Users\\lan\\Quyết định.pdf", "Quyết định.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie_ x=1.pdf"),
        ("báo cáo\u202efdp.exe.pdf", "báo cáofdp.exe.pdf"),
        ("Quye\u0302\u0301t  đi\u0323nh .pdf", "Quyết định.pdf"),
        ("\u200b\ufeff.pdf", "file.pdf"),
        ("...", "file"),
        ("x" * 300 + ".PDF", "x" * (LONGEST_NAME - 4) + ".PDF"),
    ],
)
def test_a_name_is_made_fit_to_be_shown(given_name, shown):
    with translation.override("en"):
        assert shown_name(given_name) == shown


def test_a_file_without_a_suffix_gets_that_of_its_content():
    assert look_at(io.BytesIO(a.pdf("x")), "quyet dinh").name == "quyet dinh.pdf"


@given(st.text(max_size=400))
def test_no_name_holds_a_path_a_line_or_an_unseen_sign(name):
    shown = shown_name(name)
    assert 0 < len(shown) <= LONGEST_NAME + 10
    assert not set(shown) & set('/\\\r\n\0"<>\u202e\u200b')
    assert shown_name(shown) == shown


@given(st.binary(max_size=2000), st.sampled_from(sorted(BY_SUFFIX)))
def test_any_bytes_are_told_or_refused_with_a_sentence(content, suffix):
    for body in (content, a.EVERY_KIND["thư.docx"][:-200] + content, b"\xff\xd8\xff" + content, b"II*\0" + content):
        try:
            look_at(io.BytesIO(body), f"a.{suffix}")
        except Refused as why:
            said = str(why)
            assert "%(" not in said


def test_sizes_read_as_people_say_them():
    with translation.override("vi"):
        assert [in_words(size) for size in (1, 20_480, 1_572_864, 26_214_400)] == ["1 KB", "20 KB", "1,5 MB", "25 MB"]
