"""From a Word file to its text: paragraphs, tables, text boxes, insertions, automatic numbers.

Deletions and hidden words are not in the text a reader of the file sees, so they are left out.
Running heads and feet stand on every page and in no sentence: they follow the text, marked.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator

from lxml import etree

from govlaw.document import Span
from govlaw.text.readers.numbering import Numbering
from govlaw.text.readers.reading import Found, Rejection, reads

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_LOOSE = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {W + "del", W + "moveFrom", W + "instrText", W + "delText", W + "pPr", _FALLBACK}
_SIGNS = {
    W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": "\t",
}  # fmt: skip
_BOX = W + "txbxContent"
_PART_LIMIT, _TOTAL_LIMIT = 32_000_000, 64_000_000
_RATIO, _RATIO_FROM = 100, 1_000_000
_MANY, _MANY_MARGINS = 4_000, 40
_MARGIN = re.compile(r"word/(?:header|footer)\d{0,3}\.xml")
_AGAIN = "在 Word 中打开,复制正文到新文件后另存"


@reads(".docx")
def read_docx(content: bytes) -> Found:
    """Read a Word file.

    >>> read_docx(b"PK")
    Traceback (most recent call last):
    ...
    govlaw.text.readers.reading.Rejection: ('truncated_zip', '文件不完整', '重新下载或重新保存')
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_size(package)
            body = _part(package, "word/document.xml")
            lists, styles = (_part(package, f"word/{name}.xml") for name in ("numbering", "styles"))
            notes = [_part(package, f"word/{name}.xml") for name in ("footnotes", "endnotes")]
            margins = [_part(package, name) for name in _margins(package)]
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, ValueError):
        raise Rejection("truncated_zip", "文件不完整", "重新下载或重新保存") from None
    except (NotImplementedError, RuntimeError):
        raise Rejection("password_required", "文件加密或压缩方式不明", "去掉密码后另存") from None
    if body is None:
        raise Rejection("truncated_zip", "文件缺少正文部分", _AGAIN)
    numbering = Numbering(lists, styles)
    text = "\n".join(_lines_of([body, *notes], numbering))
    around = "\n".join(line for line in _lines_of(margins, numbering) if line.strip())
    if not around:
        return Found(text, "docx", notes=_tracked(body))
    furniture = Span(len(text) + 1, len(text) + 1 + len(around))
    return Found(f"{text}\n{around}", "docx", (furniture,), notes=_tracked(body))


def _margins(package: zipfile.ZipFile) -> list[str]:
    """The parts of running heads and feet; Word writes several for first, odd and even pages."""
    found = sorted(name for name in package.namelist() if _MARGIN.fullmatch(name))
    heads = [name for name in found if "header" in name]
    return [*heads, *(name for name in found if name not in heads)][:_MANY_MARGINS]


def _lines_of(parts: Iterable[etree._Element | None], numbering: Numbering) -> Iterator[str]:
    for part in parts:
        if part is not None:
            yield from _lines(part, numbering)


def _check_size(package: zipfile.ZipFile) -> None:
    """Refuse a bomb by what it announces; a header that lies is met by the limit on each part."""
    parts = package.infolist()
    total, packed = sum(p.file_size for p in parts), sum(p.compress_size for p in parts)
    words = sum(p.file_size for p in parts if p.filename.endswith(".xml"))
    bomb = words > _TOTAL_LIMIT or (total > _RATIO_FROM and total > _RATIO * max(packed, 1))
    if bomb or len(parts) > _MANY:
        raise Rejection("zip_bomb", f"解压后有 {total // 1_000_000} MB,不像报告", _AGAIN)


def _part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    try:
        opened = package.open(name)
    except KeyError:
        return None
    with opened:
        content = opened.read(_PART_LIMIT + 1)
    if len(content) > _PART_LIMIT:
        raise Rejection("zip_bomb", f"{name} 解压后过大", _AGAIN)
    head = content[:4000].replace(b"\x00", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in content:
        raise Rejection("dtd_forbidden", f"{name} 含 DTD,可能有害", _AGAIN)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        tree = etree.fromstring(content.replace(_STRICT, _LOOSE), parser)
    except etree.XMLSyntaxError:
        raise Rejection("broken_xml", f"{name} 结构损坏", _AGAIN) from None
    if tree.getroottree().docinfo.doctype:
        raise Rejection("dtd_forbidden", f"{name} 含 DTD,可能有害", _AGAIN)
    return tree


def _tracked(body: etree._Element) -> tuple[str, ...]:
    inserted = sum(1 for _ in body.iter(W + "ins"))
    deleted = sum(1 for _ in body.iter(W + "del"))
    if not inserted and not deleted:
        return ()
    return (f"tracked_changes={inserted + deleted}: 含修订,按接受全部修订读取",)


def _lines(container: etree._Element, numbering: Numbering) -> Iterator[str]:
    """The lines of a part, a cell or a text box in the order of reading."""
    for node in container:
        if node.tag == W + "p":
            yield from _paragraph(node, numbering)
        elif node.tag == W + "tbl":
            for row in node.iter(W + "tr"):
                if next(row.iterancestors(W + "tbl")) is node:
                    yield from _row(row, numbering)
        elif node.tag not in _LEFT_OUT and isinstance(node.tag, str):
            yield from _lines(node, numbering)


def _row(row: etree._Element, numbering: Numbering) -> Iterator[str]:
    """A row of short cells as one line with tabs, a row used for layout as its paragraphs."""
    cells = [list(_lines(cell, numbering)) for cell in row.iter(W + "tc") if _row_of(cell) is row]
    if len(cells) > 1 and all(sum(map(len, cell)) < 200 for cell in cells):
        yield "\t".join(" ".join(line for line in cell if line) for cell in cells)
    else:
        yield from (line for cell in cells for line in cell)


def _row_of(cell: etree._Element) -> etree._Element | None:
    return next(cell.iterancestors(W + "tr"), None)


def _paragraph(node: etree._Element, numbering: Numbering) -> Iterator[str]:
    boxes: list[etree._Element] = []
    written = "".join(_words(node, boxes))
    yield from (numbering.marker(node) + written if written.strip() else written).split("\n")
    for box in boxes:
        yield from _lines(box, numbering)


def _is_hidden(run: etree._Element) -> bool:
    """Whether a run is set as hidden; ``w:val="0"`` takes back what its style says."""
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(W + "val") not in ("0", "false", "off")


def _words(node: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    for child in node:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == _BOX:
            boxes.append(child)
        elif child.tag == W + "t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == W + "r" and _is_hidden(child):
            continue
        else:
            yield from _words(child, boxes)
