"""From the first bytes of a file to its kind; its suffix counts where bytes say nothing."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from govlaw.text.readers.reading import READERS, Rejection

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "在 Word 或 WPS 中另存为 docx 或 pdf"
_RECOGNIZE = "用文字识别软件转成文字,核对后存为 txt"
# What people bring that no reader takes: first bytes, reason code, name, what to do instead.
_OTHERS: tuple[tuple[bytes, str, str, str], ...] = (
    (b"{\\rtf", "rtf", "RTF 文件", _SAVE_AS),
    (b"Rar!", "archive", "RAR 压缩包", "先解压"),
    (b"7z\xbc\xaf\x27\x1c", "archive", "7z 压缩包", "先解压"),
    (b"\x1f\x8b", "archive", "gzip 压缩包", "先解压"),
    (b"BZh", "archive", "bzip2 压缩包", "先解压"),
    (b"\xfd7zXZ", "archive", "xz 压缩包", "先解压"),
    (b"\x89PNG", "image", "PNG 图片", _RECOGNIZE),
    (b"\xff\xd8\xff", "image", "JPEG 图片", _RECOGNIZE),
    (b"GIF8", "image", "GIF 图片", _RECOGNIZE),
    (b"II*\x00", "image", "TIFF 图片", _RECOGNIZE),
    (b"MM\x00*", "image", "TIFF 图片", _RECOGNIZE),
    (b"BM", "image", "BMP 图片", _RECOGNIZE),
    (b"AT&TFORM", "image", "DjVu 图片", _RECOGNIZE),
    (b"CAJ\x00", "caj", "CAJ 文件", "用 CAJViewer 打印为 pdf"),
    (b"HN\x00", "caj", "CAJ 文件", "用 CAJViewer 打印为 pdf"),
    (b"Founder CEB", "ceb", "方正 CEB 版式文件", "用 Apabi Reader 打印为 pdf"),
    (b"ID3", "audio_video", "音像文件", "从文件夹中移走"),
    (b"OggS", "audio_video", "音像文件", "从文件夹中移走"),
    (b"\x1aE\xdf\xa3", "audio_video", "音像文件", "从文件夹中移走"),
    (b"\x7fELF", "program", "程序文件", "从文件夹中移走"),
    (b"MZ", "program", "程序文件", "从文件夹中移走"),
    (b"SQLite format 3", "program", "数据库文件", "从文件夹中移走"),
)
_PACKAGES = (
    ("word/", ".docx"), ("OFD.xml", ".ofd"), ("xl/", ".xlsx"), ("ppt/", ".pptx"),
    ("content.xml", ".odt"), ("FixedDoc", ".xps"), ("META-INF/container.xml", ".epub"),
)  # fmt: skip
_PACKAGE_NAMES = {
    ".ofd": ("ofd", "OFD 版式文件", "用 OFD 阅读器转换为 pdf"),
    ".xlsx": ("spreadsheet", "电子表格", "把报告正文另存为 docx 或 txt"),
    ".pptx": ("presentation", "演示文稿", "把报告正文另存为 docx 或 txt"),
    ".odt": ("odt", "ODT 文件", "另存为 docx"),
    ".xps": ("xps", "XPS 文件", "打印为 pdf"),
    ".epub": ("epub", "电子书", "把报告正文另存为 docx 或 txt"),
}
_TAG = re.compile(
    rb"</?(?:html|head|body|div|p|br|span|table|tr|td|a|li|ul|meta|font|script|title|h[1-6]|section|article|center|strong|img)\b[^<>]{0,300}>",
    re.IGNORECASE,
)
# Browsers and Word write their page archives (mht) as mail, in any order of the headers.
_ARCHIVED = re.compile(
    rb"(?=(?:MIME-Version|From|Subject|Date|Snapshot-Content-Location|Content-Type|Received"
    rb"|Return-Path|X-[\w-]{1,40}|Message-ID):)[\s\S]{0,3000}?"
    rb"(?:MIME-Version:\s?1|Content-Type:\s?multipart/)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,20})?"
    rb"<(?:!doctype|html|head|meta|title|body|div|p|table|script|style|h[1-6]|section|article|center|!--)\b",
    re.IGNORECASE,
)


def sniff(content: bytes, suffix: str) -> str:
    """The kind of a file as a suffix that has a reader.

    Raises ``Rejection`` for kinds nobody reads here.

    >>> sniff("<html><body>东辽县</body></html>".encode(), ".txt")
    '.html'
    >>> sniff("东府〔2020〕3号".encode(), ".shtml")
    '.txt'
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise Rejection("empty", "文件没有文字", "检查文件是否保存完整")
    if content.startswith(b"%PDF") or b"%PDF-" in content[:1024]:
        return ".pdf"
    if content.startswith(b"PK\x03\x04") or content.startswith(b"PK\x05\x06"):
        return _package(content)
    if content.startswith(_OLE):
        raise _ole(content, suffix)
    for magic, reason, name, hint in _OTHERS:
        if content.startswith(magic) and (len(magic) > 2 or b"\x00" in content[:64]):
            raise Rejection(reason, f"{name}不能直接读取", hint)
    if content.startswith(b"RIFF"):
        raise _riff(content)
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"avif"):
        raise Rejection("image", "HEIC 图片不能直接读取", _RECOGNIZE)
    if content[4:8] == b"ftyp":
        raise Rejection("audio_video", "音像文件不能直接读取", "从文件夹中移走")
    if suffix in READERS and suffix not in {".txt", ".html", ".docx", ".pdf"}:
        return suffix
    return ".html" if _is_html(content) else ".txt"


def is_plain(path: Path) -> bool:
    """Whether a file is plain text by its first bytes: decoding it is safe, no parser is needed."""
    try:
        with path.open("rb") as opened:
            head = opened.read(60_000)
        return sniff(head, path.suffix.lower()) == ".txt"
    except (OSError, Rejection):
        return False


def _package(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, OverflowError):
        message, hint = "文件不完整,打不开", "重新下载或重新保存"
        raise Rejection("truncated_zip", message, hint) from None
    kind = next((k for part, k in _PACKAGES if any(n.startswith(part) for n in names)), None)
    if kind == ".docx":
        return kind
    reason, name, hint = _PACKAGE_NAMES.get(kind or "", ("archive", "压缩包", "先解压"))
    raise Rejection(reason, f"{name}不能直接读取", hint)


def _riff(content: bytes) -> Rejection:
    if content[8:12] == b"WEBP":
        return Rejection("image", "WebP 图片不能直接读取", _RECOGNIZE)
    return Rejection("audio_video", "音像文件不能直接读取", "从文件夹中移走")


def _ole(content: bytes, suffix: str) -> Rejection:
    if "EncryptedPackage".encode("utf-16-le") in content[:2_000_000]:
        return Rejection("password_required", "文件有密码", "去掉密码后另存")
    if suffix in (".xls", ".et", ".ppt", ".dps"):
        hint = "把报告正文另存为 docx 或 txt"
        return Rejection("ole_doc", f"旧版表格或演示文稿 ({suffix[1:]}) 不能直接读取", hint)
    name = "WPS 文字文件 (wps)" if suffix == ".wps" else "旧版 Word 文件 (doc)"
    return Rejection("ole_doc", f"{name} 不能直接读取", _SAVE_AS)


def _is_html(content: bytes) -> bool:
    head = content[:60_000]
    if b"\x00" in head[:200]:
        head = head.replace(b"\x00", b"")  # UTF-16 keeps its tags legible this way
    if _ARCHIVED.match(head.lstrip(b"\xff\xfe\xef\xbb\xbf\r\n ")):
        hint = "在浏览器中另存为“网页,仅 HTML”"
        raise Rejection("mhtml", "网页存档 (mht) 不能直接读取", hint)
    is_page = _OPENING.match(head.lstrip(b"\xff\xfe"))
    return bool(is_page and _TAG.search(head)) or len(_TAG.findall(head)) >= 6
