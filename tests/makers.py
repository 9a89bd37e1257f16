"""Word files and PDFs made by hand, so that nothing binary lies in the repository."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package'
    '/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
)


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph in two runs, as Word cuts them."""
    half = len(text) // 2
    runs = "".join(
        f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
        for part in (text[:half], text[half:])
    )
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table of one paragraph a cell."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def docx(body: str, **parts: str) -> bytes:
    """A Word file of the XML of its body; ``parts`` are further parts, numbering for example."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr(
            "word/document.xml",
            '<?xml version="1.0" encoding="UTF-8"?>'
            f"<w:document {_W}><w:body>{body}</w:body></w:document>",
        )
        for name, inside in parts.items():
            package.writestr(f"word/{name}.xml", f"<w:{name} {_W}>{inside}</w:{name}>")
    return made.getvalue()


def docx_of(lines: Sequence[str]) -> bytes:
    """A Word file with a paragraph for every line."""
    return docx("".join(paragraph(line) for line in lines))


def pdf(objects: Sequence[bytes], *, trailer: bytes = b"") -> bytes:
    """A PDF of these objects; the first is the catalog."""
    made, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    made += b"trailer\n<< /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, trailer, start,
    )  # fmt: skip
    return bytes(made)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(content), entries, content)


_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
    b" /DescendantFonts [4 0 R] >>"
)
_DESCENDANT = (
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo"
    b" << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R >>"
)
_DESCRIPTOR = (
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
    b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
)
_WIDE, _PER_PAGE = 28, 22


def wrapped(lines: Sequence[str], wide: int = _WIDE) -> list[tuple[int, str]]:
    """The lines as printed: paragraphs indented by two characters and broken at the margin."""
    printed: list[tuple[int, str]] = []
    for line in lines:
        first = wide - 2
        printed.append((2, line[:first]))
        printed += [(0, line[at : at + wide]) for at in range(first, len(line), wide)]
    return printed


def pdf_of(lines: Sequence[str], *, footers: bool = True) -> bytes:
    """A PDF as an office program prints it: wrapped lines and a page number below."""
    printed = wrapped(lines)
    pages = [printed[at : at + _PER_PAGE] for at in range(0, len(printed), _PER_PAGE)]
    kids = b" ".join(b"%d 0 R" % (6 + 2 * n) for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        _FONT, _DESCENDANT, _DESCRIPTOR,
    ]  # fmt: skip
    for number, page in enumerate(pages):
        content = b"BT /F1 16 Tf\n"
        for row, (indent, text) in enumerate(page):
            content += _shown(80 + 16 * indent, 760 - 30 * row, text)
        if footers:
            content += _shown(290, 60, f"- {number + 1} -")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (7 + 2 * number)
        )
        objects.append(stream(content + b"ET"))
    return pdf(objects)


def _shown(x: int, y: int, text: str) -> bytes:
    return b"1 0 0 1 %d %d Tm <%s> Tj\n" % (x, y, text.encode("utf-16-be").hex().encode())
