"""From a PDF to its text: lines put together to paragraphs, page numbers set behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2 as pdfium

from govlaw.text.readers.paragraphs import PrintedLine, join_lines
from govlaw.text.readers.reading import Found, Rejection, reads

_MANY_PAGES = 400
_LONG = 500_000
_HAN = re.compile(r"[\u3400-\u9fff]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")
_COPY = "用文字识别软件转成文字,核对后存为 txt"
_AGAIN = "用阅读器打开后另存为新的 pdf"


@reads(".pdf")
def read_pdf(content: bytes) -> Found:
    """Read a PDF with a text layer.

    >>> read_pdf(b"%PDF-1.4")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    govlaw.text.readers.reading.Rejection: ('broken_pdf', 'PDF 打不开', ...)
    """
    document = _open(content)
    try:
        count = len(document)
        if count > _MANY_PAGES:
            raise Rejection("too_long", f"有 {count} 页,不像单篇报告", "拆成单篇报告")
        pages = [list(_lines(document, number)) for number in range(count)]
    finally:
        document.close()
    empty = sum(1 for page in pages if not page)
    if empty == count:
        raise Rejection("no_text_layer", f"{count} 页都没有文字层,是扫描件", _COPY)
    text, furniture = join_lines(pages)
    _check_font(text)
    notes = (f"pages_without_text={empty}: 共 {count} 页,有 {empty} 页没有文字层",) if empty else ()
    return Found(text, "pdf", furniture, notes=notes)


def _open(content: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        # pdfium may report the fault of an earlier file, so the file itself is asked, too.
        if b"/Encrypt" in content and any(w in str(error) for w in ("assword", "ecurity")):
            raise Rejection("password_required", "PDF 有密码", "去掉密码后另存") from None
        raise Rejection("broken_pdf", "PDF 打不开", _AGAIN) from None


def _lines(document: pdfium.PdfDocument, number: int) -> Iterator[PrintedLine]:
    try:
        page = document[number]
        words = page.get_textpage()
        text = words.get_text_range()
    except pdfium.PdfiumError:
        return
    if len(text) > _LONG:
        raise Rejection("too_long", f"第 {number + 1} 页有 {len(text)} 个字符", "拆成单篇报告")
    places = len(text) == words.count_chars()
    for found in re.finditer(r"[^\r\n]+", text):
        line = found[0].replace("\ufffe", "").replace("\x02", "")
        if line.strip():
            first = found.start() + len(found[0]) - len(found[0].lstrip())
            last = found.end() - 1 - (len(found[0]) - len(found[0].rstrip()))
            boxes = [words.get_charbox(at, loose=True) for at in (first, last)] if places else None
            yield _printed(line, boxes)


def _printed(line: str, boxes: list[tuple[float, float, float, float]] | None) -> PrintedLine:
    if boxes is None:
        return PrintedLine(line.strip(), 0.0, float(len(line)), 0.0, 0.0)
    (left, bottom, _, top), (_, _, right, _) = boxes
    return PrintedLine(line.strip(), left, right, bottom, top)


def _check_font(text: str) -> None:
    strange, han = len(_PRIVATE.findall(text)), len(_HAN.findall(text))
    if strange > 20 and strange > 0.2 * (han + strange):
        raise Rejection("garbled_font", "PDF 的字体没有通用编码,文字读成乱码", _COPY)
