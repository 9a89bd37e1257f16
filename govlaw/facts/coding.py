"""From a sentence to the task area it speaks of: one main code, with the word that decided.

Words of an area are looked for as mentions are, leftmost and longest first. What the sentence says
counts most; its heading, the headings above and the line that opens its paragraph settle the rest:
新上政府投资项目严格实行债务风险评估和合法性审查 stands under 完善宏观调控 (002) and is no decision.
All words of a document are found in one pass, and what a heading says is weighed once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from govlaw.document import Document, Sentence, Span
from govlaw.facts.body import IGNORED, Pieces, Vocabulary, body_of
from govlaw.facts.surroundings import find_chains, find_openings, find_titles
from govlaw.framework import SOCIETY, load_frameworks, outline_for
from govlaw.lexicon import matcher
from govlaw.text.folding import fold

_STRONG, _WEAK, _FIRST = 2.0, 1.0, 0.5
_MANY, _MOST = 4, 0.4
# 现将2019年度法治政府建设情况报告如下 opens a report and speaks of no area.
_PRESENTS = ("现将", "特此", "此件")
_FOLLOWS = re.compile(r"(?:报告|汇报|总结|公布|通报|情况)如下[^。]{0,6}$")
#: What the words of the opening, the heading and the headings above it count for.
_OPENED, _HEADED, _CHAPTER = 0.75, 0.75, 0.25
_CLAUSE = re.compile(r"[,，;:]")
_OFFICES = ("局", "委", "办", "厅", "部门")


class _Owner(NamedTuple):
    """What a word speaks for: framework, code, points and the word itself."""

    framework: str
    code: str
    points: float
    word: str


_Word = tuple[_Owner, int, int]  # a word of an area, and where it stands in the text


class _Said(NamedTuple):
    """What a place speaks for: points by code, and the words that give them."""

    basis: str
    points: Mapping[str, float]
    words: Sequence[_Word]


def code_sentences(document: Document) -> list[dict[str, Any]]:
    """Rows of codes: the main area of every sentence of the body that has one.

    The outline is that of the report's year; legal publicity and legal services are coded LS under
    both. ``basis`` says where the deciding word stands: sentence, heading (also one further up),
    opening (the short line that opens the paragraph) or, for such a line itself, following (the
    sentence it opens). A sentence without such a word has no row.
    """
    body, vocabulary = body_of(document), _vocabulary(document.year)
    words = body.find(vocabulary)
    titles = find_titles(document.sections, body.folded)
    chains = find_chains(document.sections, titles)
    named = Pieces(body.folded, list(titles.values())).find(vocabulary)
    headings = _headings(dict(zip(titles, named, strict=True)), chains)
    openings = find_openings(body)
    rows: dict[int, dict[str, Any]] = {}
    for place, sentence in enumerate(body.sentences):
        around = [headings[sentence.section]] if sentence.section in headings else []
        opening = openings.get(place)
        if opening is not None and words[opening]:
            line = body.spans[opening].of(body.folded)
            chain = chains.get(sentence.section, ())
            if not any(titles[one].of(body.folded) in line for one in chain):
                around.insert(0, _weighed("opening", words[opening], _OPENED))
        best = _main(words[place], around, body.folded, sentence.span.start)
        if best and not _is_frame(sentence.text):
            rows[sentence.number] = _row(sentence, body.ids[place], *best)
    _name_by_following(rows, [body.sentences[place] for place in dict.fromkeys(openings.values())])
    return [rows[number] for number in sorted(rows)]


def code_text(text: str, *, year: int | None = None, heading: str = "") -> str | None:
    """The code of one sentence, or None.

    >>> code_text("全年办理行政复议案件28件,经调解和解结案8件。", year=2021)
    'H6'
    """
    folded = fold(text + heading)
    pieces = Pieces(folded, (Span(0, len(text)), Span(len(text), len(folded))))
    words, above = pieces.find(_vocabulary(year))
    best = _main(words, (_weighed("heading", above, _HEADED),), folded[: len(text)], 0)
    return best[1][0].code if best else None


@cache
def _vocabulary(year: int | None) -> Vocabulary[_Owner]:
    return _vocabulary_of(outline_for(year).id)


@cache
def _vocabulary_of(outline: str) -> Vocabulary[_Owner]:
    frames = [load_frameworks()[name] for name in (outline, SOCIETY)]
    masks = [mask for frame in frames for mask in frame.masks]
    owners: dict[str, _Owner | None] = dict.fromkeys(masks)
    for frame in frames:
        for word, code, is_weak in frame.owners():
            owners[word] = _Owner(frame.id, code, _WEAK if is_weak else _STRONG, word)
    words = tuple(IGNORED.sub("", fold(word)) for word in owners)
    return Vocabulary(matcher(words), tuple(owners.values()))


def _headings(
    named: Mapping[int, Sequence[_Word]], chains: Mapping[int, Sequence[int]]
) -> dict[int, _Said]:
    """What the heading of each section and those above it say together."""
    own = {section: _points(words) for section, words in named.items()}
    headings = {}
    for section, chain in chains.items():
        points: dict[str, float] = {}
        share = _HEADED
        for one in chain:
            for code, gain in own[one].items():
                points[code] = points.get(code, 0.0) + gain * share
            share = _CHAPTER
        if points:
            words = [word for one in chain for word in named[one]]
            headings[section] = _Said("heading", points, words)
    return headings


def _weighed(basis: str, words: Sequence[_Word], share: float) -> _Said:
    points = {code: gain * share for code, gain in _points(words).items()}
    return _Said(basis, points, words)


def _points(words: Sequence[_Word]) -> dict[str, float]:
    """Points by code; a word counts once, for 行政执法 said four times is not four matters."""
    if len(words) == 1:
        owner = words[0][0]
        return {owner.code: owner.points + _FIRST}
    points: dict[str, float] = {}
    # From the last word to the first: where two codes have the same points, the later one wins.
    for owner in dict.fromkeys([word[0] for word in reversed(words)]):
        points[owner.code] = points.get(owner.code, 0.0) + owner.points
    if words:
        points[words[0][0].code] += _FIRST
    return points


def _runs_through(points: Mapping[str, float]) -> bool:
    """Whether a sentence runs through the areas, as an opening does; it has no main one."""
    return max(points.values()) <= _MOST * sum(points.values())


def _is_agreed(words: Sequence[_Word], folded: str, before: int) -> bool:
    """Whether a sentence speaks of one area only, and opens with a strong word of it.

    Then no heading outvotes it: 行政机关负责人出庭应诉11次 stands under (四)化解矛盾纠纷 and is no
    mediation. What it ends with, 接受群众监督, and the name of a body, 生态环境局, do not suffice.
    """
    owner, start, end = words[0]
    if owner.points < _STRONG:
        return False
    for other, _, _ in words:
        if other.code != owner.code:
            return False
    return not (folded.startswith(_OFFICES, end) or _CLAUSE.search(folded, before, start))


def _main(
    words: Sequence[_Word], around: Sequence[_Said], folded: str, before: int
) -> tuple[str, _Word] | None:
    """The code with the most points, and its first word in the nearest place that has one."""
    if words and _is_agreed(words, folded, before):
        return "sentence", words[0]
    points = _points(words)
    if len(points) >= _MANY and _runs_through(points):
        points, words = {}, ()
    for said in around:
        for code, gain in said.points.items():
            points[code] = points.get(code, 0.0) + gain
    if not points:
        return None
    best = max(points, key=points.__getitem__)
    for said in (_Said("sentence", points, words), *around):
        for word in said.words:
            if word[0].code == best:
                return said.basis, word
    return None


def _row(sentence: Sentence, sentence_id: str, basis: str, word: _Word) -> dict[str, Any]:
    owner, start, end = word
    return {
        "doc_id": sentence.doc_id,
        "sentence_id": sentence_id,
        "framework": owner.framework,
        "code": owner.code,
        "basis": basis,
        "matched_term": owner.word,
        "start": start,
        "end": end,
    }


def _is_frame(text: str) -> bool:
    return text.lstrip()[:2] in _PRESENTS or ("如下" in text and bool(_FOLLOWS.search(text)))


def _name_by_following(rows: dict[int, dict[str, Any]], openings: Iterable[Sentence]) -> None:
    """三是评查提质。案卷优秀率提高6个百分点: a title without a known word is about what follows."""
    for opening in openings:
        after = rows.get(opening.number + 1)
        if opening.number not in rows and after is not None and after["basis"] == "sentence":
            named = {"sentence_id": opening.sentence_id, "basis": "following"}
            rows[opening.number] = after | named
