"""From a list and its stated number to whether they agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from govlaw.stats.figures import Figure, Line
from govlaw.stats.findings import Finding

_TITLE = r"《[^《》]{1,80}》(?:[(（][^()（）]{1,20}[)）])?"
_JOINT = r"(?:、|,|，|和|及|与|以及|暨|\s){0,2}"
_TITLES = re.compile(rf"{_TITLE}(?:{_JOINT}{_TITLE}){{1,30}}")
_ITEMS = "项个件部份篇"
# 《A》《B》等实施满一年的三项重大决策: nothing but a short attribute between list and number.
_AFTER = re.compile(r"(?P<etc>等)?[^,，。;；:：《》、0-9０-９]{0,10}$")
_AHEAD = re.compile(r"[^,，。;；、0-9０-９《》]{0,14}[:：,，]?(?:即|分别是|分别为|包括|包含)?$")
_ENUMERATED = re.compile(r"[一二三四五六七八九十]{1,3}是")
#: Sentences in which the points announced must have come.
_FOLLOWING = 80
_ORDER = "一二三四五六七八九"
_ANNOUNCED = re.compile(
    r"(?:个方面|项重点工作|项工作|个问题|点|项措施|个不足|项任务|个方面的?(?:问题|不足|工作))"
    r"[^。:：;；,，一]{0,8}[。:：,，]"
)


def find_lists(lines: Sequence[Line]) -> Iterator[Finding]:
    """Lists of titles, and 一是…二是… after a number of points."""
    for line in lines:
        yield from _titles(line)
    for _, group in groupby(lines, key=lambda line: (line.doc_id, line.role)):
        yield from _points(list(group))


def _titles(line: Line) -> Iterator[Finding]:
    for found in _TITLES.finditer(line.text):
        length = len(re.findall(_TITLE, found[0]))
        for figure in line.figures:
            near = found.start() - 40 < figure.start < found.end() + 40
            if (
                not near
                or figure.unit not in _ITEMS
                or figure.kind != "count"
                or not figure.is_exact
            ):
                continue
            between = line.text[found.end() : figure.start]
            behind = line.text[figure.end : found.start()]
            after = _AFTER.fullmatch(between) if figure.start >= found.end() else None
            ahead = _AHEAD.fullmatch(behind) if figure.end <= found.start() else None
            if after and length <= figure.value <= 60 and after["etc"]:
                yield _finding(line, figure, found, length, fits=True)
            elif after and not re.search(r"[出印制发公修开组].|第", between):
                yield _finding(
                    line, figure, found, length, fits=_fits(after["etc"], length, figure)
                )
            elif ahead and behind:
                etc = "等" if line.text[found.end() : found.end() + 1] == "等" else None
                if etc is None and line.text[found.end() : found.end() + 1] not in "。,，;；)）":
                    continue
                yield _finding(line, figure, found, length, fits=_fits(etc, length, figure))


def _fits(etc: str | None, length: int, figure: Figure) -> bool:
    """等 may leave some unnamed; without it the list is complete."""
    return length <= figure.value if etc else length == figure.value


def _finding(
    line: Line, figure: Figure, found: re.Match[str], length: int, *, fits: bool
) -> Finding:
    start, end = min(found.start(), figure.start), max(found.end(), figure.end)
    claim = line.text[start:end]
    claim = claim if len(claim) <= 80 else claim[:40] + "…" + claim[-39:]
    fields = {"claim": claim, "n": length, "stated": figure.text}
    return Finding(line.doc_id, "ok" if fits else "fail", (figure.id,), fields)


def _points(lines: list[Line]) -> Iterator[Finding]:
    """主要有三个方面:一是…;二是…;三是…: counted to the end of the part."""
    for at, line in enumerate(lines):
        for figure in line.figures:
            said = _ANNOUNCED.match(line.text, figure.end - 1)
            if not said or figure.kind != "count" or not figure.is_exact or figure.value > 20:
                continue
            rest = line.text[said.end() :] or (lines[at + 1].text if at + 1 < len(lines) else "")
            if not rest.startswith("一是"):
                continue
            body = line.text[said.end() :] + "".join(
                o.text for o in lines[at + 1 : at + _FOLLOWING]
            )
            n = _length(body)
            fields = {"claim": line.text[max(0, figure.start - 12) : figure.end + 8], "n": n}
            fields["stated"] = figure.text
            yield Finding(line.doc_id, "ok" if n == figure.value else "fail", (figure.id,), fields)


def _length(body: str) -> int:
    """How far 一是, 二是 … count without a gap."""
    n = 0
    for found in _ENUMERATED.finditer(body):
        mark = found[0][:-1]
        if mark == _name(n + 1):
            n += 1
        elif mark == "一":
            break
    return n


def _name(number: int) -> str:
    if number < 10:
        return _ORDER[number - 1]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _ORDER[tens - 1]) + "十" + (_ORDER[ones - 1] if ones else "")
