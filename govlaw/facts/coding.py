"""From a sentence to the task area it speaks of: one main code, with the word that decided.

Words of an area are looked for as mentions are, leftmost and longest first. What the sentence says
counts most; its heading, the headings above and the line that opens its paragraph settle the rest:
新上政府投资项目严格实行债务风险评估和合法性审查 stands under 完善宏观调控 (002) and is no decision.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from govlaw.document import Document, Section, Sentence
from govlaw.facts.concordance import squeeze
from govlaw.framework import SOCIETY, Framework, load_frameworks, outline_for
from govlaw.lexicon import matcher
from govlaw.text.folding import fold

_STRONG, _WEAK, _FIRST = 2.0, 1.0, 0.5
_MANY, _MOST = 4, 0.4
# 现将2019年度法治政府建设情况报告如下 opens a report and speaks of no area.
_FRAME = re.compile(r"^\s{0,8}(?:现将|特此|此件)|(?:报告|汇报|总结|公布|通报|情况)如下[^。]{0,6}$")
_OPENING = 30  # letters a line may have that opens a paragraph and names what it is about
#: What the words of a place count for, from the sentence itself to the heading of its chapter.
_SHARES = {"sentence": 1.0, "opening": 0.75, "heading": 0.75, "chapter": 0.25}


@dataclass(frozen=True)
class _Vocabulary:
    """The words of an outline and of law-based society, with what each speaks for."""

    words: tuple[str, ...]
    folded: tuple[str, ...]
    owners: dict[str, tuple[str, str, float]]


class _Found(NamedTuple):
    """A word of an area: framework, code, points, the word, and where it stands in the text."""

    framework: str
    code: str
    points: float
    word: str
    start: int
    end: int


def code_sentences(document: Document) -> list[dict[str, Any]]:
    """Rows of codes: the main area of every sentence of the body that has one.

    The outline is that of the report's year; legal publicity and legal services are coded LS under
    both. ``basis`` says where the deciding word stands: sentence, heading (also one further up),
    opening (the short line that opens the paragraph) or, for such a line itself, following (the
    sentence it opens). A sentence without such a word has no row.
    """
    vocabulary = _vocabulary(outline_for(document.year))
    headings = _headings(document)
    openings = _openings(document)
    rows: dict[int, dict[str, Any]] = {}
    body = [sentence for sentence in document.sentences if sentence.role != "noise"]
    for sentence in body:
        if not _FRAME.search(sentence.text):
            opening = openings.get(sentence.paragraph)
            row = _code(sentence, headings, opening, vocabulary)
            rows |= {sentence.number: row} if row else {}
    for opening in openings.values():
        # 三是评查提质。案卷优秀率提高6个百分点: a title without a known word is about what follows.
        after = rows.get(opening.number + 1)
        if opening.number not in rows and after is not None and after["basis"] == "sentence":
            named = {"sentence_id": opening.sentence_id, "basis": "following"}
            rows[opening.number] = after | named
    return [rows[number] for number in sorted(rows)]


def code_text(text: str, *, year: int | None = None, heading: str = "") -> str | None:
    """The code of one sentence, or None.

    >>> code_text("全年办理行政复议案件28件,经调解和解结案8件。", year=2021)
    'H6'
    """
    vocabulary = _vocabulary(outline_for(year))
    weighed = [("sentence", list(_find(text, 0, vocabulary)))]
    weighed += [("heading", list(_find(heading, 0, vocabulary)))]
    best = _best(weighed)
    return best[1].code if best else None


@cache
def _vocabulary_of(outline: str) -> _Vocabulary:
    frameworks = load_frameworks()
    owners: dict[str, tuple[str, str, float]] = {}
    masks: list[str] = []
    for frame in (frameworks[outline], frameworks[SOCIETY]):
        masks += frame.masks
        for word, code, is_weak in frame.owners():
            owners[word] = (frame.id, code, _WEAK if is_weak else _STRONG)
    words = (*owners, *(mask for mask in dict.fromkeys(masks) if mask not in owners))
    return _Vocabulary(words, tuple(squeeze(fold(word))[0] for word in words), owners)


def _vocabulary(outline: Framework) -> _Vocabulary:
    return _vocabulary_of(outline.id)


def _find(text: str, offset: int, vocabulary: _Vocabulary) -> Iterator[_Found]:
    squeezed, places = squeeze(fold(text))
    for number, start, end in matcher(vocabulary.folded).find_matches_as_indexes(squeezed):
        word = vocabulary.words[number]
        if word in vocabulary.owners:
            framework, code, points = vocabulary.owners[word]
            first, last = offset + places[start], offset + places[end - 1] + 1
            yield _Found(framework, code, points, word, first, last)


def _code(
    sentence: Sentence,
    headings: dict[int, list[tuple[str, int]]],
    opening: Sentence | None,
    vocabulary: _Vocabulary,
) -> dict[str, Any] | None:
    above = headings.get(sentence.section, [])
    weighed = [("sentence", list(_find(sentence.text, sentence.span.start, vocabulary)))]
    is_heading = opening is not None and any(text in fold(opening.text) for text, _ in above)
    if opening is not None and opening.number != sentence.number and not is_heading:
        weighed.append(("opening", list(_find(opening.text, opening.span.start, vocabulary))))
    for depth, (text, start) in enumerate(above):
        found = list(_find(text, start, vocabulary))
        weighed.append(("heading" if depth == 0 else "chapter", found))
    best = _best(weighed)
    if best is None:
        return None
    basis, word = best
    return {
        "doc_id": sentence.doc_id,
        "sentence_id": sentence.sentence_id,
        "framework": word.framework,
        "code": word.code,
        "basis": "heading" if basis == "chapter" else basis,
        "matched_term": word.word,
        "start": word.start,
        "end": word.end,
    }


def _best(weighed: list[tuple[str, list[_Found]]]) -> tuple[str, _Found] | None:
    """The code with the most points, and its first word in the nearest place that has one."""
    points: dict[str, float] = {}
    shown: dict[str, tuple[str, _Found]] = {}
    for place, found in weighed:
        gained = _points(found)
        if place == "sentence" and _runs_through(gained):
            continue
        for code, gain in gained.items():
            points[code] = points.get(code, 0.0) + gain * _SHARES[place]
        for one in found:
            shown.setdefault(one.code, (place, one))
    return shown[max(points, key=lambda code: points[code])] if points else None


def _points(found: list[_Found]) -> dict[str, float]:
    """Points by code; a word counts once, for 行政执法 said four times is not four matters."""
    gained: dict[str, float] = {}
    for word, one in {one.word: one for one in reversed(found)}.items():
        first = _FIRST if word == found[0].word else 0.0
        gained[one.code] = gained.get(one.code, 0.0) + one.points + first
    return gained


def _runs_through(gained: dict[str, float]) -> bool:
    """Whether a sentence runs through the areas, as an opening does, and has no main one."""
    return len(gained) >= _MANY and max(gained.values()) <= _MOST * sum(gained.values())


def _headings(document: Document) -> dict[int, list[tuple[str, int]]]:
    """For every section its heading and those above it, nearest first, with their offsets."""
    chains: dict[int, list[tuple[str, int]]] = {}
    above: list[Section] = []
    folded = fold(document.text)  # as headings are
    for section in document.sections:
        while above and above[-1].span.end < section.span.end:
            above.pop()
        above = [one for one in above if one.level < section.level]
        above.append(section)
        chains[section.number] = [
            (one.heading, start)
            for one in reversed(above)
            if one.heading and (start := _place(folded, one)) >= 0
        ]
    return chains


def _place(folded: str, section: Section) -> int:
    """Where the heading of a section stands; looked for next to its marker only."""
    start, end = section.span
    return folded.find(section.heading, start, min(end, start + len(section.heading) + 40))


def _openings(document: Document) -> dict[int, Sentence]:
    """The short first sentence of each paragraph that has more than one."""
    body = [sentence for sentence in document.sentences if sentence.role != "noise"]
    return {
        one.paragraph: one
        for before, one, after in zip([None, *body], body, body[1:], strict=False)
        if (before is None or before.paragraph != one.paragraph)
        and after.paragraph == one.paragraph
        and len(one.text) <= _OPENING
    }
