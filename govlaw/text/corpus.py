"""From files to Documents, and from Documents to a Corpus one can filter and count."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from govlaw.document import Document, Span
from govlaw.text import titles
from govlaw.text.corrections import corrected, known_of
from govlaw.text.folding import fold
from govlaw.text.kinds import REPORTS, find_break
from govlaw.text.lines import Line, read_lines
from govlaw.text.marks import mark_text
from govlaw.text.outline import read_outline
from govlaw.text.readers import Reading, read_file
from govlaw.text.register import read_register, with_find
from govlaw.text.sentences import read_sentences


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
    folded = fold(reading.text)
    lines = read_lines(reading.text, folded)
    inside = _inside_of(reading.furniture, lines)
    title = titles.find_title(lines, inside, reading.facts)
    marks = mark_text(folded, inside, title, reading.furniture)
    outline = read_outline(folded, inside, marks, title)
    read = read_register(reading, lines, inside, title, marks, outline, folded)
    sections = outline.sections(is_report=read.doc_type in REPORTS, year=read.year)
    sentences = read_sentences(
        reading.text, doc_id, inside, marks, sections, title=title, year=read.year
    )
    broken = find_break(sentences, sections, marks, read.doc_type)
    read = corrected(with_find(read, "is_truncated", broken, reading.text), known)
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


def _inside_of(furniture: Sequence[Span], lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines that the reader found to belong to the article."""
    if not furniture:
        return lines
    ends = [span.end for span in furniture]

    def is_inside(line: Line) -> bool:
        at = bisect_right(ends, line.span.start)
        return at == len(furniture) or not furniture[at].overlaps(line.span)

    return tuple(line for line in lines if is_inside(line))
