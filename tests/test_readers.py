"""Readers decode and never edit."""

import codecs

import pytest

from govlaw import paths
from govlaw.errors import InputError
from govlaw.text.readers import READERS, read_file, reads

SENTENCE = "2019年,受理县政府行政复议案件2件,其中决定维持部门行政行为1件。"


@pytest.mark.parametrize(
    ("encoding", "recorded"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030"),
     ("gb2312", "gb18030"), ("utf-16", "utf-16")],
)  # fmt: skip
def test_encodings_give_the_same_text(tmp_path, encoding, recorded):
    file = tmp_path / "报告.txt"
    file.write_bytes((SENTENCE * 3).encode(encoding))
    reading = read_file(file)
    assert reading.text.lstrip("\ufeff") == SENTENCE * 3
    assert reading.encoding == recorded


@pytest.mark.parametrize("seed", sorted(paths.seeds().glob("*.txt")), ids=lambda p: p.stem[:3])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_seeds_survive_re_encoding(tmp_path, seed, encoding):
    text = read_file(seed).text
    file = tmp_path / "a.txt"
    file.write_bytes(text.encode(encoding))
    assert read_file(file).text.lstrip("\ufeff") == text


def test_text_is_not_edited(tmp_path):
    odd = "\u3000\u3000一、２０１８年\r\n\r\n考核记过 \u00a0…… 1，234件。\r\n"
    file = tmp_path / "a.txt"
    file.write_bytes(odd.encode())
    assert read_file(file).text == odd


def test_one_damaged_byte_does_not_cost_the_file(tmp_path):
    content = bytearray((SENTENCE * 40).encode())
    content[50] = 0xFF
    file = tmp_path / "a.txt"
    file.write_bytes(bytes(content))
    assert "行政复议案件2件" in read_file(file).text


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [("a.txt", bytes(range(256)) * 20, "undecodable"),
     ("a.txt", b"", "empty"),
     ("a.txt", codecs.BOM_UTF8 + "\n \u3000\n".encode(), "empty"),
     ("a.docx", b"PK\x03\x04", "truncated_zip"),
     ("a.txt", b"%PDF-1.4", "broken_pdf"),
     ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole_doc")],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_a_reason_and_a_hint(tmp_path, name, content, reason):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_file(file)
    assert error.value.what.startswith(reason + ":")
    assert error.value.next_step


def test_a_reader_can_be_added(tmp_path, monkeypatch):
    monkeypatch.delitem(READERS, ".note", raising=False)

    @reads(".note")
    def read_note(content: bytes) -> tuple[str, str]:
        return content.decode("ascii").upper(), "ascii"

    file = tmp_path / "a.note"
    file.write_bytes(b"abc")
    assert read_file(file).text == "ABC"
    monkeypatch.delitem(READERS, ".note")
