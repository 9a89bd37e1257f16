"""Readers decode and never edit."""

import codecs

import pytest

from govlaw import paths
from govlaw.errors import InputError
from govlaw.text.readers import READERS, read_file, reads
from tests.hostile import archive

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


REFUSED = [  # what people bring that no reader takes: what it is called, and what to do instead
    ("a.doc", "旧版 Word 文件", "另存为 docx"), ("a.wps", "WPS 文字", "另存为 docx"),
    ("a.xls", "旧版表格", "另存为 docx 或 txt"), ("a.rtf", "RTF", "另存为 docx"),
    ("a.mht", "mht", "仅 HTML"), ("a.ofd", "OFD", "转换为 pdf"), ("a.odt", "ODT", "另存为 docx"),
    ("a.rar", "RAR", "解压"), ("a.zip", "压缩包", "解压"), ("a.7z", "7z", "解压"),
    ("a.xlsx", "电子表格", "另存为 docx"), ("a.pptx", "演示文稿", "另存为 docx"),
    ("a.png", "PNG", "文字识别"), ("a.jpg", "JPEG", "文字识别"), ("a.heic", "HEIC", "文字识别"),
    ("a.webp", "WebP", "文字识别"), ("a.tif", "TIFF", "文字识别"), ("a.caj", "CAJ", "打印为 pdf"),
    ("a.ceb", "CEB", "打印为 pdf"), ("a.epub", "电子书", "另存为"), ("a.xps", "XPS", "打印为 pdf"),
]  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
CONTENT = {
    "doc": _OLE, "wps": _OLE, "xls": _OLE, "rtf": b"{\\rtf1}", "mht": b"MIME-Version: 1.0\n",
    "rar": b"Rar!\x1a\x07", "7z": b"7z\xbc\xaf\x27\x1c", "png": b"\x89PNG\r\n",
    "jpg": b"\xff\xd8\xff\xe0", "heic": b"\0\0\0\x18ftypheic", "webp": b"RIFF\0\0\0\0WEBP",
    "tif": b"II*\0", "caj": b"CAJ\0", "ceb": b"Founder CEB",
}  # fmt: skip
PARTS = {
    "ofd": "OFD.xml", "odt": "content.xml", "zip": "a.txt", "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml", "epub": "META-INF/container.xml", "xps": "FixedDocSeq.fdseq",
}  # fmt: skip


@pytest.mark.parametrize(("name", "called", "hint"), REFUSED, ids=[row[0] for row in REFUSED])
@pytest.mark.parametrize("disguise", [None, ".txt", ".html", ".docx", ".pdf"])
def test_every_other_format_is_called_by_its_name(tmp_path, name, called, hint, disguise):
    """By its first bytes, whatever its suffix; only old Office files need theirs for a name."""
    kind = name.removeprefix("a.")
    if disguise and CONTENT.get(kind) == _OLE:
        called, hint = "旧版 Word 文件", "另存为 docx"
    content = CONTENT.get(kind) or archive({PARTS[kind]: b"<x/>"})
    file = (tmp_path / name).with_suffix(disguise or f".{kind}")
    file.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_file(file)
    assert called in error.value.what and hint in error.value.next_step


def test_a_page_in_the_clothes_of_a_word_file_is_read(tmp_path):
    file = tmp_path / "a.doc"  # many a site offers its pages as .doc
    file.write_bytes(f"<html xmlns:w='x'><body><p>{SENTENCE}</p></body></html>".encode("gb18030"))
    assert read_file(file).text == SENTENCE
