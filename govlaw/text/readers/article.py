"""From the layout of a page to the stretches that are the article.

The article is the run of lines with the most running sentences for the fewest links: menus are
links without sentences, and the report is sentences without links. Where the page itself names
its body (``data/words/page_parts.csv``) and the sentences stand in it, its edges are the article's.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from govlaw.document import Span
from govlaw.text.folding import fold
from govlaw.text.furniture import ends_page, is_furniture
from govlaw.text.marks import SIGNED_LINE
from govlaw.text.readers.layout import Layout, ShownLine
from govlaw.text.readers.paged import join_pages
from govlaw.text.readers.parts import bodies

_STOP = re.compile(r"[，。；,;]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_ENOUGH = 10
_LINK_COST, _LINE_COST = 2.0, 0.1
_ABOVE, _BELOW = 8, 16
# Of the sentences: what a named body must hold, what an unnamed one, what furniture may.
_HELD, _NEARLY_ALL, _SPARE = 0.8, 0.95, 0.2
_DIGIT = re.compile(r"\d")
_COPIED = 0.35  # of the sentences: so many once more are a second copy of the text
_LIST = 3  # so many lines of links are a list of other pages
_FILE = re.compile(r"附件|\.(?:docx?|pdf|xlsx?|wps|ofd|rar|zip|et|jpg)\b", re.IGNORECASE)


def find_article(layout: Layout) -> tuple[Span, ...]:
    """The stretches of the article in order; none where the page has no sentence."""
    layout = join_pages(layout)
    weights = _weights(layout)
    first, last = _best_run(weights)
    if sum(weights[first:last]) < _ENOUGH:
        return _notice(layout)
    prose = _Prose(line for line, w in zip(layout.lines, weights, strict=True) if w > 0)
    run = Span(layout.lines[first].span.start, layout.lines[last - 1].span.end)
    body = _named_body(layout, run, prose)
    if body is None and last - first >= _LIST:
        body = _box(layout, run, prose)
    if body and _is_tight(layout, body, run):
        article = _with_ending(layout.lines, body)
    else:
        top, foot = _up(layout.lines, first), _down(layout.lines, last)
        article = Span(layout.lines[top].span.start, layout.lines[foot - 1].span.end)
    return tuple(_without(article, sorted(_foreign(layout, article, prose))))


def _weights(layout: Layout) -> list[float]:
    """The weight of every line; of a text that stands twice in the page only one counts.

    Sites keep a second copy for printing or for telephones, hidden or not.
    """
    weights = [_weight(line) for line in layout.lines]
    hidden = _covered(layout.lines, [p.span for p in layout.parts if p.role == "hidden"])
    again, seen = set[int](), set[str]()
    for number, line in enumerate(layout.lines):
        if weights[number] > 0 and number not in hidden:
            if line.text in seen:
                again.add(number)
            seen.add(line.text)
    total = sum(weight for weight in weights if weight > 0)
    if _positive(weights, hidden) > (1 - _COPIED) * total:
        hidden = set()  # the text itself is hidden until a script shows it
    if _positive(weights, again) < _COPIED * total:
        again = set()  # a few sentences that recur
    for number in hidden | again:
        weights[number] = min(weights[number], 0.0)
    return weights


def _positive(weights: Sequence[float], numbers: Iterable[int]) -> float:
    return sum(weights[number] for number in numbers if weights[number] > 0)


def _covered(lines: Sequence[ShownLine], spans: Sequence[Span]) -> set[int]:
    """The numbers of the lines that lie in one of the spans."""
    starts = [line.span.start for line in lines]
    covered, behind = set[int](), 0
    for span in sorted(spans):
        first = bisect_left(starts, max(span.start, behind))
        covered.update(range(first, bisect_left(starts, span.end, lo=first)))
        behind = max(behind, span.end)
    return covered


def _weight(line: ShownLine) -> float:
    size = len(line.text)
    if line.linked < 0.3 * size and _is_prose(line.text):
        return float(len(_HAN.findall(line.text)))
    return -_LINK_COST * line.linked - _LINE_COST * min(size, 40)


def _is_prose(text: str) -> bool:
    runs = len(text) >= 24 or (len(text) >= 12 and text.endswith("。"))
    return runs and _STOP.search(text) is not None and not is_furniture(fold(text))


def _best_run(weights: Sequence[float]) -> tuple[int, int]:
    """The consecutive lines of the greatest weight."""
    best, best_run = 0.0, (0, 0)
    total, start = 0.0, 0
    for number, weight in enumerate(weights):
        if total <= 0:
            total, start = 0.0, number
        total += weight
        if total > best:
            best, best_run = total, (start, number + 1)
    return best_run


def _up(lines: Sequence[ShownLine], first: int) -> int:
    """Title, publication line and addressee stand above the first sentence."""
    end = max(0, first - _ABOVE)
    while first > end and not _is_menu(lines[first - 1]) and len(lines[first - 1].text) < 200:
        first -= 1
    return first


def _down(lines: Sequence[ShownLine], last: int) -> int:
    """Signature, date and the rows of a table stand below the last one."""
    end = min(len(lines), last + _BELOW)
    while last < end and not _is_menu(lines[last]) and not is_furniture(fold(lines[last].text)):
        last += 1
    return last


def _is_menu(line: ShownLine) -> bool:
    return line.linked > 0.4 * len(line.text)


class _Prose:
    """The sentences of a page, to ask how much of them lies in a span."""

    def __init__(self, lines: Iterable[ShownLine]) -> None:
        self.spans = [line.span for line in lines]
        self._ends = [span.end for span in self.spans]
        self._sums = list(accumulate((end - start for start, end in self.spans), initial=0))

    def held(self, span: Span) -> int:
        """How many characters of sentences a span holds."""
        first = bisect_right(self._ends, span.start)
        last = bisect_left(self.spans, (span.end, span.end), lo=first)
        if first == last:
            return 0
        before = max(0, span.start - self.spans[first].start)
        behind = max(0, self.spans[last - 1].end - span.end)
        return self._sums[last] - self._sums[first] - before - behind


def _named_body(layout: Layout, run: Span, prose: _Prose) -> Span | None:
    """The smallest part called a body that holds nearly all of the run's sentences."""
    enough = _HELD * prose.held(run)
    found = [span for span in bodies(layout.parts) if prose.held(_shared(span, run)) >= enough]
    return min(found, key=lambda span: span.end - span.start, default=None)


def _is_tight(layout: Layout, body: Span, run: Span) -> bool:
    """Whether a body is no more than the article: no menu stands in it above or below the run."""
    around = (
        line
        for line in layout.lines
        if body.overlaps(line.span) and not run.overlaps(line.span) and _is_menu(line)
    )
    return sum(not _FILE.search(line.text) for line in around) < _LIST


def _box(layout: Layout, run: Span, prose: _Prose) -> Span | None:
    """The smallest element around the sentences of the run, whatever its name."""
    enough = _NEARLY_ALL * prose.held(run)
    boxes = (part.span for part in layout.parts if part.role == "box")
    around = [box for box in boxes if prose.held(_shared(box, run)) >= enough]
    return min(around, key=lambda box: box.end - box.start, default=None)


def _shared(one: Span, other: Span) -> Span:
    """What two spans share; an empty span where that is nothing."""
    start = max(one.start, other.start)
    return Span(start, max(start, min(one.end, other.end)))


def _end_of_page(lines: Sequence[ShownLine], body: Span) -> int:
    """Where the foot of a body turns to buttons and to other pages."""
    inside = [line for line in lines if body.overlaps(line.span)]
    end = body.end
    for line in reversed(inside):
        if _is_prose(line.text) and not _is_menu(line):
            break
        if ends_page(fold(line.text).strip()):
            end = line.span.start
    return end


def _with_ending(lines: Sequence[ShownLine], body: Span) -> Span:
    """The body with the rows, the signature and the attachments that stand below its box."""
    end = _end_of_page(lines, body)
    if end < body.end:
        return Span(body.start, end)
    below = [line for line in lines if line.span.start >= body.end][:_BELOW]
    for number, line in enumerate(below):
        signed = SIGNED_LINE.fullmatch(fold(line.text).strip())
        if signed and number < _LIST:
            return Span(body.start, line.span.end)
        if _is_menu(line) or not ("\t" in line.text and _DIGIT.search(line.text)):
            break
        end = line.span.end
    return Span(body.start, end)


def _foreign(layout: Layout, article: Span, prose: _Prose) -> Iterator[Span]:
    """What is not the article inside it: share buttons, and lists of other pages."""
    most = _SPARE * prose.held(article)
    for part in layout.parts:
        is_inside = part.role in ("furniture", "hidden") and part.span.overlaps(article)
        if is_inside and prose.held(part.span) <= most:
            yield part.span
    links: list[ShownLine] = []
    for line in (*layout.lines, None):
        if line and article.overlaps(line.span) and _is_menu(line) and not _FILE.search(line.text):
            links.append(line)
            continue
        if len(links) >= _LIST:
            yield Span(links[0].span.start, links[-1].span.end)
        links.clear()


def _without(article: Span, foreign: Sequence[Span]) -> Iterator[Span]:
    start = article.start
    for span in foreign:
        if start < min(span.start, article.end):
            yield Span(start, min(span.start, article.end))
        start = max(start, span.end)
    if start < article.end:
        yield Span(start, article.end)


def _notice(layout: Layout) -> tuple[Span, ...]:
    """A page that only says 详见附件, or whose body is no more than a few words."""
    for line in layout.lines:
        refers = any(word in line.text for word in ("详见附件", "见附件", "详见"))
        if refers and "附件" in line.text and len(line.text) < 60:
            return (line.span,)
    return ()
