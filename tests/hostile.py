"""Hostile files, generated: each with its class and the reason it must be turned away for.

``None`` as reason means that the file must be accepted: hostile in form only.
"""

# ruff: noqa: E501  what is written here is pages and files, not prose
from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.makers import docx, docx_of, paragraph, pdf, pdf_of, stream

SENTENCE = "2019年,我县受理行政复议案件3件,其中维持2件、撤销1件,均按期办结。"
LINES = ("清溪县2019年度法治政府建设情况报告", *(f"{n}、{SENTENCE}" for n in range(1, 9)))
TEXT = "\n".join(LINES)
PAGE = "<html><head><meta charset=utf-8></head><body>{}</body></html>"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Hostile(NamedTuple):
    """A file nobody wants: class, name, content and the reason code it is turned away for."""

    family: str
    name: str
    content: bytes
    reasons: tuple[str | None, ...]


def hostile_files() -> Iterator[Hostile]:
    """Every hostile file that can be written as bytes."""
    for make in (
        _magic,
        _broken_zip,
        _office,
        _packages,
        _bombs,
        _xml,
        _pdfs,
        _pages,
        _texts,
        _names,
    ):
        for family, name, content, *reasons in make():
            yield Hostile(family, f"{family}-{name}", content, tuple(reasons))


def _magic() -> Iterator[tuple]:
    heads = {
        "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff\xe0", "gif": b"GIF89a",
        "bmp": b"BM\x00\x00\x00\x00", "tiff": b"II*\x00", "webp": b"RIFF\x00\x00\x00\x00WEBP",
    }  # fmt: skip
    for kind, head in heads.items():
        for suffix in ("txt", "docx", "pdf", "html"):
            yield "image", f"{kind}.{suffix}", head + bytes(range(256)) * 8, "image"
    archives = {
        "rar": b"Rar!\x1a\x07\x00", "7z": b"7z\xbc\xaf\x27\x1c", "gz": b"\x1f\x8b\x08",
        "bz2": b"BZh91AY", "xz": b"\xfd7zXZ\x00",
    }  # fmt: skip
    for kind, head in archives.items():
        for suffix in (kind, "docx"):
            yield "archive", f"{kind}.{suffix}", head + bytes(300), "archive"
    yield "program", "elf.txt", b"\x7fELF" + bytes(300), "program"
    yield "program", "exe.docx", b"MZ\x90\x00" + bytes(300), "program"
    yield "program", "db.txt", b"SQLite format 3\x00" + bytes(300), "program"
    yield "sound", "mp3.txt", b"ID3\x03" + bytes(300), "audio_video"
    yield "sound", "wave.txt", b"RIFF\x00\x00\x00\x00WAVEfmt ", "audio_video"
    yield "camera", "heic.jpg", b"\x00\x00\x00\x18ftypheic" + bytes(300), "image"
    yield "camera", "djvu.pdf", b"AT&TFORM\x00\x00\x00\x00DJVU" + bytes(300), "image"
    yield "library", "caj.caj", b"CAJ\x00" + bytes(300), "caj"
    yield "library", "hn.pdf", b"HN\x00\x00" + bytes(300), "caj"
    yield "library", "ceb.ceb", b"Founder CEB" + bytes(300), "ceb"
    yield "sound", "mp4.pdf", b"\x00\x00\x00\x20ftypisom" + bytes(300), "audio_video"
    yield "rtf", "a.doc", b"{\\rtf1\\ansi }", "rtf"
    yield "mht", "a.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>", "mhtml"
    blink = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://a/\r\nMIME-Version: 1.0\r\n"
    )
    yield "mht", "blink.html", blink + b"\r\n<html><body>", "mhtml"
    word = b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html xmlns:w=x>"
    yield "mht", "word.doc", word, "mhtml"
    mail = b"Received: from a\r\nMessage-ID: <1@a>\r\nSubject: =?gb2312?B?x+XPqg==?=\r\nMIME-Version: 1.0\r\n"
    yield "mail", "a.eml", mail, "mhtml"
    for suffix in ("txt", "docx", "pdf", "html"):
        yield "empty", f"nothing.{suffix}", b"", "empty"
        yield "empty", f"blank.{suffix}", "\ufeff \n\u3000\n".encode(), "empty"
    yield "empty", "zeros.txt", bytes(5000), "empty"


def _office() -> Iterator[tuple]:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    for suffix in ("doc", "wps", "docx", "txt", "xls2", "et", "dps", "ppt"):
        yield "ole", f"a.{suffix}", ole, "ole_doc"
    locked = ole + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    yield "locked-office", "a.docx", locked, "password_required"


def archive(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def _packages() -> Iterator[tuple]:
    for name, part, reason in (
        ("a.ofd", "OFD.xml", "ofd"), ("a.pptx", "ppt/presentation.xml", "presentation"),
        ("b.docx", "xl/workbook.xml", "spreadsheet"), ("a.odt", "content.xml", "odt"),
        ("a.zip", "report.txt", "archive"),
        ("a.xps", "FixedDocSeq.fdseq", "xps"), ("a.epub", "META-INF/container.xml", "epub"), ("c.docx", "a/b/c.txt", "archive"),
    ):  # fmt: skip
        yield "package", name, archive({part: b"<x/>"}), reason
    yield "package", "nothing.docx", archive({}), "archive"
    yield "no-document", "a.docx", archive({"word/styles.xml": b"<x/>"}), "truncated_zip"
    deep = archive({"a.zip": archive({"b.zip": archive({"c.zip": b"PK"})})})
    yield "zip-in-zip", "a.docx", deep, "archive"


def _broken_zip() -> Iterator[tuple]:
    whole = docx_of(LINES)
    for share in (10, 40, 70, 95):
        cut = whole[: len(whole) * share // 100]
        yield "truncated-docx", f"{share}.docx", cut, "truncated_zip"
    at = whole.index(b"word/document.xml") + 60
    yield "damaged-docx", "data.docx", whole[:at] + b"\xff" * 80 + whole[at + 80 :], "truncated_zip"
    crc = bytearray(whole)
    crc[crc.index(b"PK\x03\x04", 10) + 14] ^= 0xFF
    crc[crc.rindex(b"PK\x01\x02") + 16] ^= 0xFF
    yield "damaged-docx", "crc.docx", bytes(crc), "truncated_zip"
    flagged = bytearray(whole)
    flagged[flagged.rindex(b"PK\x01\x02") + 8] |= 1
    yield "locked-zip", "a.docx", bytes(flagged), "password_required"
    method = bytearray(whole)
    method[method.rindex(b"PK\x01\x02") + 10] = 97
    yield "odd-compression", "a.docx", bytes(method), "password_required"


def _bombs() -> Iterator[tuple]:
    yield "zip-bomb", "text.docx", docx(paragraph("字" * 30_000_000)), "zip_bomb"
    spaces = f"<w:p xmlns:w='{_W}'>" + " " * 40_000_000 + "</w:p>"
    yield "zip-bomb", "blanks.docx", archive({"word/document.xml": spaces.encode()}), "zip_bomb"
    yield (
        "zip-bomb",
        "picture.docx",
        archive({"word/document.xml": b"<x/>", "word/media/a.bmp": bytes(60_000_000)}),
        "zip_bomb",
    )
    lying = bytearray(archive({"word/document.xml": b" " * 45_000_000}))
    place = lying.rindex(b"PK\x01\x02") + 24
    lying[place : place + 4] = struct.pack("<I", 1000)
    yield "lying-zip", "a.docx", bytes(lying), "truncated_zip", "zip_bomb", "broken_xml"
    many = archive({f"word/{n}.xml": b"" for n in range(5000)})
    yield "many-parts", "a.docx", many, "zip_bomb", "truncated_zip"


def _xml() -> Iterator[tuple]:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    doctypes = {
        "laughs": f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>',
        "outside": '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/hostname">]>',
        "remote": '<!DOCTYPE x SYSTEM "http://localhost:9/x.dtd">',
        "plain": "<!DOCTYPE x>",
        "late": "<!--" + "x" * 5000 + "-->" + '<!DOCTYPE x [<!ENTITY a9 "b">]>',
    }
    for name, doctype in doctypes.items():
        body = f"<w:p><w:r><w:t>{SENTENCE}{'&a9;' if 'a9' in doctype else ''}</w:t></w:r></w:p>"
        part = f"{doctype}<w:document xmlns:w='{_W}'><w:body>{body}</w:body></w:document>"
        yield "dtd", f"{name}.docx", archive({"word/document.xml": part.encode()}), "dtd_forbidden"
        wide = ('<?xml version="1.0" encoding="UTF-16"?>' + part).encode("utf-16")
        yield "dtd-utf16", f"{name}.docx", archive({"word/document.xml": wide}), "dtd_forbidden"
    for name, part in (("cut", b"<w:document"), ("none", b""), ("text", "正文".encode())):
        yield "broken-xml", f"{name}.docx", archive({"word/document.xml": part}), "broken_xml"
    deep = "<w:p>" * 3000 + "</w:p>" * 3000
    yield "deep-xml", "a.docx", docx(deep), "broken_xml", "parser_error", "empty", "too_deep"
    yield "no-text", "a.docx", docx("<w:p/><w:p/>"), "empty"


def _pdfs() -> Iterator[tuple]:
    whole = pdf_of(LINES)
    yield "truncated-pdf", "head.pdf", whole[:20], "broken_pdf"
    yield "truncated-pdf", "tiny.pdf", b"%PDF-", "broken_pdf"
    yield "truncated-pdf", "junk.pdf", b"%PDF-1.7\n" + os.urandom(3000), "broken_pdf"
    yield "truncated-pdf", "half.pdf", whole[: len(whole) // 2], "broken_pdf", "no_text_layer"
    yield "renamed-pdf", "a.docx", whole, None
    yield "renamed-pdf", "junk-before.pdf", b"\x00\r\n" * 20 + whole, None, "broken_pdf"
    catalog, pages = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    )
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>"
    yield (
        "scanned-pdf",
        "a.pdf",
        pdf([catalog, pages, page, stream(b"0 0 m 9 9 l S")]),
        "no_text_layer",
    )
    yield (
        "scanned-pdf",
        "nothing.pdf",
        pdf([catalog, b"<< /Type /Pages /Count 0 /Kids [] >>"]),
        "no_text_layer",
        "broken_pdf",
    )
    flat = zlib.compress(zlib.compress(b"0 0 m " * 20_000_000, 9), 9)
    entries = b"/Filter [/FlateDecode /FlateDecode] "
    yield (
        "pdf-bomb",
        "flate.pdf",
        pdf([catalog, pages, page, stream(flat, entries)]),
        "no_text_layer",
        "out_of_memory",
        "parser_died",
        "timeout",
        "parser_error",
    )
    loop = b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] /Parent 2 0 R >>"
    yield "pdf-loop", "pages.pdf", pdf([catalog, loop]), "broken_pdf", "no_text_layer"
    many = b"<< /Type /Pages /Count 5000 /Kids [" + b"3 0 R " * 5000 + b"] >>"
    yield (
        "many-pages",
        "a.pdf",
        pdf([catalog, many, page, stream(b"")]),
        "too_long",
        "no_text_layer",
    )
    huge = b"<< /Type /Pages /Count 99999999 /Kids [3 0 R] >>"
    yield (
        "many-pages",
        "lie.pdf",
        pdf([catalog, huge, page, stream(b"")]),
        "too_long",
        "no_text_layer",
        "broken_pdf",
    )
    locked = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<00> <00>] " % (
        b"41" * 32, b"42" * 32,
    )  # fmt: skip
    yield (
        "locked-pdf",
        "a.pdf",
        pdf([catalog, pages, page, stream(b"")], trailer=locked),
        "password_required",
    )
    odd = b"/Encrypt << /Filter /Own /V 99 >> "
    yield (
        "locked-pdf",
        "odd.pdf",
        pdf([catalog, pages, page, stream(b"")], trailer=odd),
        "password_required",
        "broken_pdf",
    )


def _pages() -> Iterator[tuple]:
    body = "".join(f"<p>{line}</p>" for line in LINES)
    menu = "".join(
        f"<li><a href='/'>{word}</a></li>" for word in ("首页", "行政复议", "法治政府") * 9
    )
    yield "menu-only", "a.html", PAGE.format(f"<ul>{menu}</ul>").encode(), "no_body"
    yield (
        "menu-only",
        "b.html",
        b"<html><head><title>x</title></head><frameset></frameset></html>",
        "no_body",
        "empty",
    )
    deep = "<div>" * 5000 + body + "</div>" * 5000
    yield "deep-html", "a.html", PAGE.format(deep).encode(), "low_coverage", "no_body"
    yield (
        "deep-html",
        "span.html",
        PAGE.format("<span>" * 100_000 + body).encode(),
        "low_coverage",
        "no_body",
    )
    yield (
        "comment-bomb",
        "a.html",
        PAGE.format("<!--" * 500_000 + body).encode(),
        "low_coverage",
        "no_body",
    )
    yield "comment-bomb", "b.html", PAGE.format("<!-- -->" * 300_000 + body).encode(), None
    attributes = "".join(f" a{n}=1" for n in range(300_000))
    yield (
        "attribute-bomb",
        "a.html",
        PAGE.format(f"<p{attributes}>{body}").encode(),
        "hostile_markup",
    )
    yield (
        "huge-tag",
        "a.html",
        PAGE.format(f"<p title='{'x' * 90_000}'>{body}").encode(),
        "hostile_markup",
    )
    yield (
        "unclosed",
        "script.html",
        f"<html><body>{body}<script>{body}".encode(),
        None,
        "low_coverage",
    )
    yield "unclosed", "a.html", ("<html><body>" + "<p>".join(LINES)).encode(), None
    yield "entities", "a.html", PAGE.format("&lt;" * 100_000 + body).encode(), None
    picture = f"<img src='data:image/png;base64,{'A' * 3_000_000}'>"
    yield "embedded-picture", "a.html", PAGE.format(picture + body).encode(), None
    yield (
        "long-line",
        "a.html",
        PAGE.format("<p>" + "字" * 6_000_000).encode(),
        "too_long",
        "low_coverage",
        "no_body",
    )
    yield "script-names", "a.html", PAGE.format(f"<script>alert(1)</script>{body}").encode(), None


def _texts() -> Iterator[tuple]:
    yield "binary", "noise.txt", bytes(range(256)) * 20, "undecodable"
    yield "binary", "noise.html", b"\xff\xfe\x01\x02" + bytes(range(1, 256)) * 30, "undecodable"
    yield "long-line", "a.txt", ("字" * 6_000_000).encode(), "too_long"
    yield "long-line", "digits.txt", b"1" * 20_000_000, "too_long"
    yield "too-large", "a.txt", b"1" * 51_000_000, "too_large"
    yield "nasty-text", "braces.txt", ("《" * 200_000).encode(), None
    yield "nasty-text", "digits.txt", b"1" * 200_000, None
    yield "nasty-text", "markup.txt", (TEXT + "\n<script>alert(1)</script>").encode(), None
    yield "nasty-text", "bidi.txt", TEXT.replace("行政", "行\u202e政\u200b").encode(), None
    yield "surrogates", "a.txt", TEXT.encode() + b"\xed\xa0\x80", None
    damaged = bytearray(TEXT.encode())
    damaged[100] = 0xFF
    yield "damaged-byte", "a.txt", bytes(damaged), None
    yield "cut-bytes", "a.txt", TEXT.encode()[:-1], None
    yield "cut-bytes", "b.txt", TEXT.encode("gb18030")[:-1], None
    yield "wrong-label", "a.html", PAGE.format(f"<p>{TEXT}").encode("gb18030"), None


def _names() -> Iterator[tuple]:
    for number, name in enumerate(
        (
            "<img src=x onerror=alert(1)>.txt",
            "a\nb.txt",
            "=cmd|' '!A0.txt",
            "名\u202e称.txt",
            "a'b\"c.txt",
        )
    ):
        yield "odd-name", name.replace("/", ""), (TEXT + f"\n第{number}篇。").encode(), None


def write_places(folder: Path, outside: Path) -> dict[str, str]:
    """Things in a folder that are no plain files, with the reason code of each."""
    outside.write_text(TEXT, encoding="utf-8")
    (folder / "link-out.txt").symlink_to(outside)
    (folder / "link-nowhere.txt").symlink_to(folder / "nothing")
    (folder / "ring.txt").symlink_to(folder / "ring.txt")
    (folder / "link-folder").symlink_to(outside.parent, target_is_directory=True)
    (folder / "device.txt").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.txt")
    os.mkfifo(folder / "pipe.pdf")
    return {
        "link-out.txt": "outside_root", "link-nowhere.txt": "broken_link",
        "ring.txt": "broken_link", "link-folder": "outside_root", "device.txt": "outside_root",
        "pipe.txt": "not_regular_file", "pipe.pdf": "not_regular_file",
    }  # fmt: skip
