"""From files to Documents, and from Documents to a Corpus one can filter and count."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from govlaw.document import Document, Mark, Register, Section, Sentence, Span
from govlaw.text import register, titles
from govlaw.text.areas import AreaReading, read_area
from govlaw.text.corrections import corrected, known_of
from govlaw.text.damage import find_damage
from govlaw.text.gazetteer import load_areas
from govlaw.text.marks import Line, mark_text, read_lines
from govlaw.text.outline import read_sections
from govlaw.text.readers import Reading, read_file
from govlaw.text.sentences import read_sentences

_REPORTS = {"annual_report", "department_report", "special_report"}


class Corpus:
    """Documents in order; ``len``, iteration, ``corpus["004"]`` and ``where``.

    >>> from govlaw import paths
    >>> corpus = Corpus([read_document(paths.seeds() / "004_442be8164d49497e.txt")])
    >>> corpus["004"].year, len(corpus.where(lambda document: document.year == 2021))
    (2019, 0)
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {document.doc_id: document for document in documents}

    def __len__(self) -> int:
        return len(self._documents)

    def __iter__(self) -> Iterator[Document]:
        return iter(self._documents.values())

    def __getitem__(self, doc_id: str) -> Document:
        return self._documents[doc_id]

    def __repr__(self) -> str:
        return f"Corpus({', '.join(self._documents)})"

    def where(self, wanted: Callable[[Document], bool]) -> Corpus:
        """The documents for which ``wanted`` holds."""
        return Corpus(document for document in self if wanted(document))


def read_document(path: Path, *, root: Path | None = None, doc_id: str | None = None) -> Document:
    """Read one file into a Document.

    Raises ``InputError`` where the file cannot be read. Nothing outside the file and ``data/``
    has a say in the result.

    >>> from govlaw import paths
    >>> document = read_document(paths.seeds() / "001_b542ebc651edcfe6.txt")
    >>> document.register.ref_area, document.year, document.doc_type
    ('511112', 2021, 'annual_report')
    """
    return to_document(read_file(path), path.relative_to(root or path.parent), doc_id)


def to_document(reading: Reading, name: Path, doc_id: str | None = None) -> Document:
    """A Document of text that was read; ``name`` is its path below the corpus folder."""
    known = known_of(reading.sha256)
    doc_id = doc_id or known.get("doc_id") or document_id(name)
    lines = read_lines(reading.text)
    inside = _outside_of(reading.furniture, lines)
    title = titles.find_title(lines, inside, reading.facts)
    marks = mark_text(reading.text, inside, title, reading.furniture)
    read = _read_register(reading, lines, inside, title, marks)
    lines = inside
    sections = _sections(reading.text, lines, marks, title, read)
    sentences = read_sentences(
        reading.text, doc_id, lines, marks, sections, title=title, year=read.year
    )
    read = replace(read, is_truncated=_is_truncated(sentences, sections, marks, read.doc_type))
    read = corrected(read, known)
    name_shown = name.as_posix()
    return Document(
        doc_id, name_shown, reading.sha256, reading.encoding, reading.text,
        read, marks, sections, sentences,
    )  # fmt: skip


def document_id(name: Path) -> str:
    """The id a file gives its document: its stem, fit for a file name and an address.

    >>> document_id(Path("2019/东辽县 报告(终稿).txt"))
    '2019-东辽县-报告-终稿'
    """
    stem = "-".join(name.with_suffix("").parts)
    return re.sub(r"[^\w\u4e00-\u9fff]+", "-", stem).strip("-_") or "document"


def _sections(
    text: str, lines: tuple[Line, ...], marks: tuple[Mark, ...], title: Span | None, read: Register
) -> tuple[Section, ...]:
    is_report = read.doc_type in _REPORTS
    return read_sections(text, lines, marks, title=title, is_report=is_report, year=read.year)


def _read_register(
    reading: Reading,
    lines: tuple[Line, ...],
    inside: tuple[Line, ...],
    title: Span | None,
    marks: tuple[Mark, ...],
) -> Register:
    """The register; labels such as 发布日期 are read on the whole page, the rest in the article."""
    text, facts = reading.text, reading.facts
    hidden = [mark.span for mark in marks if mark.kind != "signature"]
    body = [line.folded for line in _body_lines(inside, marks)]
    signed = register.read_signed(inside) or register.read_signed(lines, labelled=True)
    published = (
        register.read_published(_near(lines, inside, title))
        or register.to_date(facts.get("published", ""))
        or register.read_published(lines)
    )
    heading = titles.title_text(text, title) or facts.get("title")
    year = register.read_year(heading, body, signed, published)
    outline = read_sections(text, inside, marks, title=title, is_report=True, year=year)
    signature = [mark.span for mark in marks if mark.kind == "signature"]
    area = read_area(
        text, title=title, signature=signature[-2] if len(signature) > 1 else None,
        hidden=hidden, year=year,
    ) or _area_of_source(facts, year)  # fmt: skip
    found = Register(
        title=heading,
        doc_no=register.read_doc_no(text, lines),
        doc_type=register.read_doc_type(heading, "\n".join(body), outline, marks),
        year=year,
        date_signed=signed,
        date_published=published,
        url=register.read_url(text) or facts.get("url"),
        notes=(*reading.notes, *find_damage(text), *_only_attached(body)),
    )
    return _placed(found, area, year)


def _near(
    lines: tuple[Line, ...], inside: tuple[Line, ...], title: Span | None
) -> tuple[Line, ...]:
    """The article with the lines just above it, where many a page prints its date."""
    first = inside[0].span.start if inside else 0
    if title and title.start < first:
        first = title.start
    above = bisect_left(lines, first, key=lambda line: line.span.start)
    return (*lines[max(0, above - 4) : above], *lines[above:])


def _only_attached(body: Sequence[str]) -> tuple[str, ...]:
    """A text that only says 详见附件 has its report elsewhere."""
    said = "".join(body)
    if len(said) < 120 and ("附件" in said or not said):
        return ("body_in_attachment: 正文只有标题或“详见附件”,请下载附件",)
    return ()


def _area_of_source(facts: Mapping[str, str], year: int | None) -> AreaReading | None:
    """The area that the page names as its source, where its text does not say."""
    words = [facts[name] for name in ("source", "site") if name in facts]
    said = "\n".join(f"来源:{word}" for word in words)
    return read_area(said, title=None, signature=None, year=year) if said else None


def _outside_of(furniture: Sequence[Span], lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines that the reader found to belong to the article."""
    ends = [span.end for span in furniture]

    def is_inside(line: Line) -> bool:
        at = bisect_right(ends, line.span.start)
        return at == len(furniture) or not furniture[at].overlaps(line.span)

    return tuple(line for line in lines if is_inside(line))


def _placed(found: Register, reading: AreaReading | None, year: int | None) -> Register:
    if reading is None:
        return found
    place = load_areas().lineage(reading.area.code, year)
    return replace(
        found, issuer=reading.issuer, ref_area=reading.area.code, level=reading.level,
        province=place.province, city=place.city, county=place.county,
    )  # fmt: skip


def _body_lines(lines: tuple[Line, ...], marks: tuple[Mark, ...]) -> Iterator[Line]:
    """The body's lines; of a line that a clock is glued to, what follows the clock."""
    starts = {mark.span.start: mark for mark in marks}
    for line in lines:
        mark = starts.get(line.span.start)
        if mark is None:
            yield line
        elif mark.kind == "glued_time":
            cut = mark.span.end - line.span.start
            yield Line(Span(mark.span.end, line.span.end), line.folded[cut:])


def _is_truncated(
    sentences: tuple[Sentence, ...],
    sections: tuple[Section, ...],
    marks: tuple[Mark, ...],
    doc_type: str,
) -> bool:
    body = "".join(sentence.text for sentence in sentences if sentence.role != "noise")
    return register.is_truncated(body, sections, marks, doc_type)
