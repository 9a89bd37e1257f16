"""From a text to its lines, each with its place and folded for matching."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import NamedTuple

from govlaw.document import Span
from govlaw.text.folding import fold

_BLANK = " \t\r\u3000\u00a0\ufeff"
_LINE = re.compile(r"[^\n]+")
_CUT = re.compile(
    r"[ \t\u3000\u00a0]{2,}|(?<=[。;；!！])[ \t\u3000\u00a0]"
    r"|(?<=[\u4e00-\u9fff\]】)）>])[ \t\u3000\u00a0](?=[\u4e00-\u9fff\[【《(（Q>])"
    r"|(?<=\S)[ \t\u3000\u00a0](?=20\d\d年[^\s]{1,40}[,，])"
    r"|(?<=[。:：])(?=[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])"
)
_TERMINAL = "。!?;:！？；：…”）)》"


class Line(NamedTuple):
    """A line that is not blank: its span without the blanks around it, and its folded text."""

    span: Span
    folded: str

    @property
    def is_sentence(self) -> bool:
        """Whether the line ends as a sentence does."""
        return self.folded[-1] in _TERMINAL


def read_lines(text: str, folded: str | None = None) -> tuple[Line, ...]:
    """The lines of a text that are not blank.

    >>> [line.folded for line in read_lines("关闭\\n\\n  东府〔2020〕3号\\n")]
    ['关闭', '东府〔2020〕3号']
    """
    return tuple(_trimmed(text, fold(text) if folded is None else folded))


def _trimmed(text: str, folded: str) -> Iterator[Line]:
    pieces = _LINE.finditer(text)
    if _is_one_line(text):
        pieces = chain.from_iterable(_pieces(text, *line.span()) for line in _LINE.finditer(text))
    for found in pieces:
        raw = found[0]
        kept = raw.lstrip(_BLANK)
        start = found.start() + len(raw) - len(kept)
        end = start + len(kept.rstrip(_BLANK))
        if start < end:
            yield Line(Span(start, end), folded[start:end])


def _is_one_line(text: str) -> bool:
    """A whole page on one line, 微信 微博 QQ空间 in the midst of it: no line can be trusted."""
    return len(text) > 200 and len(text.strip().split("\n", 4)) < 4


def _pieces(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The stretches of a line between its blanks, and before each 一、 that follows a sentence."""
    cuts = [start, *(found.end() for found in _CUT.finditer(text, start, end)), end]
    for one, two in pairwise(cuts):
        if found := _LINE.match(text, one, two):
            yield found
