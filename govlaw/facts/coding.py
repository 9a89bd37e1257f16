"""From a sentence to the task area it speaks of: one main code, with the word that decided.

Words of an area are looked for as mentions are, leftmost and longest first. What the sentence says
counts most; its heading, the headings above and the line that opens its paragraph settle the rest:
新上政府投资项目严格实行债务风险评估和合法性审查 stands under 完善宏观调控 (002) and is no decision.
All words of a document are found in one pass, and what a heading says is weighed once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick

from govlaw.document import Document, Sentence, Span
from govlaw.facts.body import IGNORED
from govlaw.facts.surroundings import find_chains, find_openings, find_titles
from govlaw.framework import SOCIETY, load_frameworks, outline_for
from govlaw.lexicon import matcher
from govlaw.text.folding import fold

_STRONG, _WEAK, _FIRST = 2.0, 1.0, 0.5
_MANY, _MOST = 4, 0.4
# 现将2019年度法治政府建设情况报告如下 opens a report and speaks of no area.
_PRESENTS = re.compile(r"\s{0,8}(?:现将|特此|此件)")
_FOLLOWS = re.compile(r"(?:报告|汇报|总结|公布|通报|情况)如下[^。]{0,6}$")
#: What the words of the opening, the heading and the headings above it count for.
_OPENED, _HEADED, _CHAPTER = 0.75, 0.75, 0.25
_CLAUSE = re.compile(r"[,，;:]")
_OFFICES = ("局", "委", "办", "厅", "部门")
_BORDER = "\0"  # stands in no word, so that none is found across two sentences


class _Vocabulary(NamedTuple):
    """The words of an outline and of law-based society; an owner of None only masks."""

    owners: tuple[tuple[str, str, float, str] | None, ...]
    automaton: AhoCorasick


class _Found(NamedTuple):
    """A word of an area: framework, code, points, the word, and where it stands in the text."""

    framework: str
    code: str
    points: float
    word: str
    start: int
    end: int


class _Said(NamedTuple):
    """What a place speaks for: points by code, and the first word of each code."""

    basis: str
    points: Mapping[str, float]
    first: Mapping[str, _Found]


_NOTHING = _Said("", {}, {})


def code_sentences(document: Document) -> list[dict[str, Any]]:
    """Rows of codes: the main area of every sentence of the body that has one.

    The outline is that of the report's year; legal publicity and legal services are coded LS under
    both. ``basis`` says where the deciding word stands: sentence, heading (also one further up),
    opening (the short line that opens the paragraph) or, for such a line itself, following (the
    sentence it opens). A sentence without such a word has no row.
    """
    folded = fold(document.text)
    body = [sentence for sentence in document.sentences if sentence.role != "noise"]
    titles = find_titles(document.sections, folded)
    spans = [*(sentence.span for sentence in body), *titles.values()]
    found = _find(folded, spans, _vocabulary(document.year))
    chains = find_chains(document.sections, titles)
    named = dict(zip(titles, found[len(body) :], strict=True))
    headings = {section: _headed(chain, named) for section, chain in chains.items()}
    openings = find_openings(body)
    words_of = dict(zip((sentence.number for sentence in body), found, strict=False))
    rows: dict[int, dict[str, Any]] = {}
    for sentence, words in zip(body, found, strict=False):
        beside = _NOTHING
        opening = openings.get(sentence.number)
        if opening:
            chain = chains.get(sentence.section, ())
            is_heading = any(titles[one].of(folded) in opening.span.of(folded) for one in chain)
            if not is_heading:
                beside = _weighed("opening", words_of[opening.number], _OPENED)
        said = _sentence(words)
        agreed = _agreed(said, sentence.span.start, folded)
        best = _main((said, beside, headings.get(sentence.section, _NOTHING)), agreed)
        if best and not _is_frame(sentence.text):
            rows[sentence.number] = _row(sentence, *best)
    _name_by_following(rows, {one.number: one for one in openings.values()}.values())
    return [rows[number] for number in sorted(rows)]


def code_text(text: str, *, year: int | None = None, heading: str = "") -> str | None:
    """The code of one sentence, or None.

    >>> code_text("全年办理行政复议案件28件,经调解和解结案8件。", year=2021)
    'H6'
    """
    folded = fold(text + heading)
    spans = (Span(0, len(text)), Span(len(text), len(folded)))
    words, above = _find(folded, spans, _vocabulary(year))
    said = _sentence(words)
    agreed = _agreed(said, 0, folded[: len(text)])
    best = _main((said, _weighed("heading", above, _HEADED)), agreed)
    return best[1].code if best else None


@cache
def _vocabulary(year: int | None) -> _Vocabulary:
    return _vocabulary_of(outline_for(year).id)


@cache
def _vocabulary_of(outline: str) -> _Vocabulary:
    frames = [load_frameworks()[name] for name in (outline, SOCIETY)]
    masks = [mask for frame in frames for mask in frame.masks]
    owners: dict[str, tuple[str, str, float, str] | None] = dict.fromkeys(masks)
    for frame in frames:
        for word, code, is_weak in frame.owners():
            owners[word] = (frame.id, code, _WEAK if is_weak else _STRONG, word)
    words = tuple(IGNORED.sub("", fold(word)) for word in owners)
    return _Vocabulary(tuple(owners.values()), matcher(words))


def _find(folded: str, spans: Sequence[Span], vocabulary: _Vocabulary) -> list[list[_Found]]:
    """The words of each span, all found in one pass."""
    joined = _BORDER.join([folded[start:end] for start, end in spans])
    ignored = [blank.start() for blank in IGNORED.finditer(joined)]
    # Where the n-th ignored character is left out, what follows moves up by n.
    moved = [place - number for number, place in enumerate(ignored)]
    found: list[list[_Found]] = [[] for _ in spans]
    here, begin, limit = -1, 0, -1
    for number, first, last in vocabulary.automaton.find_matches_as_indexes(
        IGNORED.sub("", joined)
    ):
        owner = vocabulary.owners[number]
        if owner is None:
            continue
        start = first + bisect_right(moved, first)
        while start > limit:
            here += 1
            begin, limit = limit + 1, limit + 1 + spans[here].end - spans[here].start
        shift = spans[here].start - begin
        end = last + bisect_right(moved, last - 1)
        found[here].append(_Found(*owner, start + shift, end + shift))
    return found


def _weighed(basis: str, words: Sequence[_Found], share: float = 1.0) -> _Said:
    """Points by code; a word counts once, for 行政执法 said four times is not four matters."""
    if not words:
        return _NOTHING
    if len(words) == 1:
        (one,) = words
        return _Said(basis, {one.code: (one.points + _FIRST) * share}, {one.code: one})
    points: dict[str, float] = {}
    first: dict[str, _Found] = {}
    for word, one in {one.word: one for one in reversed(words)}.items():
        gain = one.points + _FIRST if word == words[0].word else one.points
        points[one.code] = points.get(one.code, 0.0) + gain * share
    for one in words:
        first.setdefault(one.code, one)
    return _Said(basis, points, first)


def _sentence(words: Sequence[_Found]) -> _Said:
    """A sentence that runs through the areas, as an opening does, has no main one."""
    said = _weighed("sentence", words)
    if len(said.points) < _MANY or max(said.points.values()) > _MOST * sum(said.points.values()):
        return said
    return _NOTHING


def _headed(chain: Sequence[int], named: Mapping[int, Sequence[_Found]]) -> _Said:
    """What the heading of a section and those above it say together."""
    points: dict[str, float] = {}
    first: dict[str, _Found] = {}
    for depth, section in enumerate(chain):
        said = _weighed("heading", named[section], _CHAPTER if depth else _HEADED)
        for code, gain in said.points.items():
            points[code] = points.get(code, 0.0) + gain
            first.setdefault(code, said.first[code])
    return _Said("heading", points, first) if points else _NOTHING


def _agreed(said: _Said, before: int, folded: str) -> str | None:
    """The only area a sentence speaks of, if it opens with a strong word: no heading outvotes it.

    行政机关负责人出庭应诉11次 stands under (四)化解矛盾纠纷 and is no mediation. What it ends with,
    接受群众监督, and the name of a body, 生态环境局, do not suffice.
    """
    if len(said.first) != 1:
        return None
    ((code, word),) = said.first.items()
    is_firm = word.points >= _STRONG and not folded.startswith(_OFFICES, word.end)
    return code if is_firm and not _CLAUSE.search(folded, before, word.start) else None


def _main(places: Sequence[_Said], agreed: str | None) -> tuple[str, _Found] | None:
    """The code with the most points, and its first word in the nearest place that has one."""
    points: dict[str, float] = {}
    for said in places:
        for code, gain in said.points.items():
            points[code] = points.get(code, 0.0) + gain
    if not points:
        return None
    best = agreed or max(points, key=points.__getitem__)
    return next((said.basis, said.first[best]) for said in places if best in said.first)


def _row(sentence: Sentence, basis: str, word: _Found) -> dict[str, Any]:
    return {
        "doc_id": sentence.doc_id,
        "sentence_id": sentence.sentence_id,
        "framework": word.framework,
        "code": word.code,
        "basis": basis,
        "matched_term": word.word,
        "start": word.start,
        "end": word.end,
    }


def _is_frame(text: str) -> bool:
    return bool(_PRESENTS.match(text) or ("如下" in text and _FOLLOWS.search(text)))


def _name_by_following(rows: dict[int, dict[str, Any]], openings: Iterable[Sentence]) -> None:
    """三是评查提质。案卷优秀率提高6个百分点: a title without a known word is about what follows."""
    for opening in openings:
        after = rows.get(opening.number + 1)
        if opening.number not in rows and after is not None and after["basis"] == "sentence":
            named = {"sentence_id": opening.sentence_id, "basis": "following"}
            rows[opening.number] = after | named
