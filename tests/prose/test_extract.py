"""The command `extract`: what it prints, and what it refuses with a line."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

TEXT = "Năm 2022, Công đoàn Xây dựng Việt Nam cử 3 đoàn ra (12 lượt cán bộ)."


def told(capsysbinary, *arguments, **options):
    call_command("extract", *arguments, **options)
    return capsysbinary.readouterr().out.decode()


def piped(monkeypatch, raw: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="ascii"))


def test_what_is_piped_in_is_read_on_an_empty_database(db, monkeypatch, capsysbinary):
    piped(monkeypatch, TEXT.encode())
    figures = json.loads(told(capsysbinary, "-", format="json"))["figures"]
    assert [(one["indicator"], one["low"], one["union"]) for one in figures] == [
        ("delegations_out", 3, None),
        ("officials_out", 12, None),
    ]
    assert figures[0]["organisation"] == "Công đoàn Xây dựng Việt Nam"


def test_the_list_speaks_the_language_asked_for(db, tmp_path, capsysbinary):
    file = tmp_path / "report.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert "Outbound delegations: 3 “3 đoàn ra”; 2022" in told(capsysbinary, str(file), lang="en")
    assert "Đoàn ra: 3" in told(capsysbinary, str(file))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1258"])
def test_other_encodings_are_recognised(db, tmp_path, capsysbinary, encoding):
    file = tmp_path / "report.txt"
    words = "In 2022 the union sent 3 outbound delegations. " * 20 if encoding == "cp1258" else TEXT
    file.write_bytes(words.encode(encoding))
    assert json.loads(told(capsysbinary, str(file), format="json"))["figures"][0]["low"] == 3


def test_a_file_that_is_not_there_or_no_text_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="missing"):
        call_command("extract", str(tmp_path / "missing.txt"), lang="en")
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe\x80")
    with pytest.raises(CommandError, match="holds no text"):
        call_command("extract", str(picture), lang="en")


def test_a_union_nobody_knows_is_refused(db, tmp_path):
    file = tmp_path / "report.txt"
    file.write_text(TEXT, encoding="utf-8")
    with pytest.raises(CommandError, match="nobody"):
        call_command("extract", str(file), union="nobody", lang="en")
