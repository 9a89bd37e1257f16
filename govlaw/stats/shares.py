"""From a percentage and the counts of its sentence to whether they agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from govlaw.stats.arithmetic import fits_rate, rate_span
from govlaw.stats.figures import Figure, Line, clause_start
from govlaw.stats.findings import Finding
from govlaw.stats.rules import Probe, Vocabulary

_NAME = re.compile(
    r"([\u4e00-\u9fff]{1,14}率)(?:提高|上升|下降|提升)?(?:分别|均|已|也)?(?:约|近|超过?|达到?|为|是|至|高达|到){0,2}$"
)
_SHARE = re.compile(r"占(?P<of>[^,，。;；]{0,14}?)(?:的|比|比例|比重|为|约|达到?|近|超过?){0,4}$")
_PLAIN_OF = re.compile(r"(?:其|总数|总量|总件数|全部|总|受理|案件|受理总数|案件总数|比|总人数)*")
_FRACTION = re.compile(r"[0-9０-９]{1,7}\s*[/／]\s*[0-9０-９]{1,7}")
_HOW = {"rounded": "四舍五入", "truncated": "截尾", "within": "在范围内"}
#: Of more numbers than these, some pair would agree with any rate.
_MOST = 6
_NEAR = 20


def find_shares(lines: list[Line], words: Vocabulary) -> Iterator[Finding]:
    """Rates whose counts stand in the same sentence."""
    for line in lines:
        for number, figure in enumerate(line.figures):
            if figure.unit != "%" or figure.kind != "rate" or _FRACTION.fullmatch(figure.text):
                continue
            found = (
                _in_brackets(line, number) or _share_of(line, number) or _named(line, number, words)
            )
            if found:
                yield found


def _in_brackets(line: Line, number: int) -> Finding | None:
    """胜诉率95.24%(20/21): the fraction is written out."""
    figure = line.figures[number]
    found = re.match(
        r"[(（]\s*([0-9０-９]{1,7})\s*[/／]\s*([0-9０-９]{1,7})\s*[)）]", line.text[figure.end :]
    )
    if not found or not int(found[2]):
        return None
    part, whole = int(found[1]), int(found[2])
    how = fits_rate(figure.value, figure.step, rate_span(part, whole, 0, 0), figure.bound)
    ids = [figure.id]
    if number + 1 < len(line.figures) and _FRACTION.fullmatch(line.figures[number + 1].text):
        ids.append(line.figures[number + 1].id)
    return _finding(line, figure, str(part), str(whole), part / whole, how, ids)


def _share_of(line: Line, number: int) -> Finding | None:
    """成功调处1027起,占受理总数1041起的98.7%."""
    figure = line.figures[number]
    start = line.figures[number - 2].end if number > 1 else 0
    said = list(re.finditer("占", line.text[start : figure.start]))
    if not said or not number:
        return None
    at = start + said[-1].start()
    between = line.text[at : figure.start]
    near = line.figures[max(0, number - _NEAR) : number]
    inside = [f for f in near if f.start > at]
    ahead = [f for f in near if f.end <= at and f.is_plain]
    if not ahead or re.search(r"[,，;；。]", between):
        return None
    part = ahead[-1]
    if len(inside) == 1:
        return _against(line, figure, part, inside, sure=True)
    share = _SHARE.search(between)
    wholes = [f for f in ahead[:-1] if f.unit == part.unit and f.value >= part.value]
    sure = bool(share and _PLAIN_OF.fullmatch(share["of"])) and len(wholes) == 1
    return _against(line, figure, part, wholes, sure=sure and not inside)


def _against(
    line: Line, rate: Figure, part: Figure, wholes: list[Figure], *, sure: bool
) -> Finding | None:
    for whole in reversed(wholes):
        how = _fit(rate, part, whole)
        if how:
            return _pair(line, rate, part, whole, how)
    exact = sure and wholes and part.is_exact and wholes[0].is_exact and rate.is_exact
    return _pair(line, rate, part, wholes[0], None) if exact else None


def _named(line: Line, number: int, words: Vocabulary) -> Finding | None:
    """调解成功3182件,成功率98.0%: the name of the rate holds the word of its numerator."""
    figure = line.figures[number]
    name = _NAME.search(line.between(number)[0])
    if not name:
        return None
    start = clause_start(line.text, figure.start)
    ahead = [
        n
        for n in range(max(0, number - _NEAR), number)
        if line.figures[n].kind == "count" and line.figures[n].is_plain
    ]
    near = [n for n in ahead if line.figures[n].start >= start]
    stem = name[1].removesuffix("率")
    return (
        _summed(line, figure, stem, ahead, words)
        or _by_stem(line, figure, stem, near, words)
        or _any_pair(line, figure, ahead, words)
    )


def _by_stem(
    line: Line, rate: Figure, stem: str, near: list[int], words: Vocabulary
) -> Finding | None:
    """The numerator is known by its word; more than one denominator leaves the rate untested."""
    if any(word in stem for word in words.timely):
        return None
    complement = {"胜诉": "败诉", "败诉": "胜诉"}.get(stem[-2:])
    stems = words.stems.get(stem[-2:], [stem[-2:]])
    parts = [n for n in near if any(word in line.label(n) for word in stems)]
    if len(parts) == 2:
        # 应出庭56件,实际出庭54件: what should have been is the whole.
        parts = [n for n in parts if not re.search(r"应当?(?!诉)|需", line.label(n))]
    parts = parts or [n for n in near if complement and complement in line.label(n)]
    if len(parts) != 1:
        return None
    part = line.figures[parts[0]]
    unit = words.unit(part.unit)
    wholes = [
        line.figures[n] for n in near
        if n != parts[0] and words.unit(line.figures[n].unit) == unit
        and line.figures[n].value >= part.value
    ]  # fmt: skip
    for whole in reversed(wholes):
        if how := _fit(rate, part, whole):
            return _pair(line, rate, part, whole, how)
        if complement and (how := _fit(rate, part, whole, flipped=True)):
            return _pair(line, rate, part, whole, how, flipped=True)
    exact = rate.is_exact and part.is_exact and all(whole.is_exact for whole in wholes)
    if len(wholes) != 1 or not exact:
        return None
    if words.carry.search(line.text):
        return _pair(line, rate, part, wholes[0], None, unsure=True)
    flipped = bool(complement and complement in line.label(parts[0]))
    return _pair(line, rate, part, wholes[0], None, flipped=flipped)


def _any_pair(line: Line, rate: Figure, ahead: list[int], words: Vocabulary) -> Finding | None:
    """A rate some pair of counts agrees with; where none does, nothing is said."""
    figures = [line.figures[n] for n in ahead if line.figures[n].is_exact][-_MOST:]
    if rate.value in (0, 100) or not rate.is_exact or rate.step >= 1:
        return None
    for whole, part in product(reversed(figures), figures):
        alike = words.unit(part.unit) == words.unit(whole.unit) and part.value < whole.value
        if alike and (how := _fit(rate, part, whole)):
            return _pair(line, rate, part, whole, how)
    return None


def _summed(
    line: Line, rate: Figure, stem: str, ahead: list[int], words: Vocabulary
) -> Finding | None:
    """综合纠错率: several outcomes over those concluded; what counts varies, so no accusation."""
    named = next((w for name, w in words.numerators.items() if stem.endswith(name)), None)
    parts = [n for n in ahead if named and any(word in line.label(n) for word in named)]
    if not parts or not rate.is_exact:
        return None
    figures = [line.figures[n] for n in parts]
    total = sum(figure.value for figure in figures)
    for whole in reversed([line.figures[n] for n in ahead if n < parts[0]]):
        alike = words.unit(whole.unit) == words.unit(figures[0].unit)
        if alike and total <= whole.value:
            how = fits_rate(rate.value, rate.step, rate_span(total, whole.value, 0, 0), "exact")
            if how:
                said = "+".join(figure.text for figure in figures)
                said = f"({said})" if len(figures) > 1 else said
                ids = [*(figure.id for figure in figures), whole.id, rate.id]
                return _finding(line, rate, said, whole.text, total / whole.value, how, ids)
    return None


def _fit(rate: Figure, part: Figure, whole: Figure, *, flipped: bool = False) -> str | None:
    if not whole.value:
        return None
    low, high = rate_span(part.value, whole.value, part.step, whole.step)
    span = (100 - high, 100 - low) if flipped else (low, high)
    return fits_rate(rate.value, rate.step, span, rate.bound)


def _pair(
    line: Line, rate: Figure, part: Figure, whole: Figure, how: str | None,
    *, flipped: bool = False, unsure: bool = False,
) -> Finding:  # fmt: skip
    ratio = part.value / whole.value if whole.value else 0.0
    said = f"({whole.text}-{part.text})" if flipped else part.text
    ids = [part.id, whole.id, rate.id]
    found = _finding(line, rate, said, whole.text, 1 - ratio if flipped else ratio, how, ids)
    return Finding(found.doc_id, "not_testable", found.ids, found.fields) if unsure else found


def _finding(
    line: Line, rate: Figure, part: str, whole: str, ratio: float, how: str | None, ids: list[str]
) -> Finding:
    said = line.text[clause_start(line.text, rate.start) : rate.end]
    fields = {
        "claim": said if len(said) <= 60 else "…" + said[-59:], "part": part, "whole": whole,
        "actual": round(100 * ratio, 2), "rate": rate.value, "how": _HOW.get(how or "", ""),
    }  # fmt: skip
    return Finding(line.doc_id, "ok" if how else "fail", tuple(ids), fields)


def find_implied_bases(lines: list[Line], test: Probe) -> Iterator[Finding]:
    """600多名…参训率达91%: how many should have come."""
    names = re.compile(rf"(?:{test.names})[^,，;；。]{{0,4}}$")
    for line in lines:
        for number, rate in enumerate(line.figures):
            people = [
                f
                for f in line.figures[max(0, number - _NEAR) : number]
                if f.kind == "count" and "人名位".find(f.unit[:1]) >= 0
            ]
            if rate.unit != "%" or not names.search(line.between(number)[0]) or not rate.value:
                continue
            if len(people) == 1:
                base = people[0].value / rate.value * 100
                claim = line.text[people[0].start : rate.end][:60]
                fields = {
                    "claim": claim,
                    "value": people[0].text,
                    "rate": rate.value,
                    "base": f"{base:.0f}人",
                }
                yield Finding(line.doc_id, "ok", (people[0].id, rate.id), fields)


def find_excesses(lines: list[Line], test: Probe) -> Iterator[Finding]:
    """覆盖率103.39%: a share of itself that no whole can hold."""
    names = re.compile(rf"(?:{test.names})[^,，;；。]{{0,6}}$")
    for line in lines:
        for number, figure in enumerate(line.figures):
            said = line.between(number)[0]
            if figure.unit != "%" or figure.kind != "rate" or figure.low <= test.limit:
                continue
            if names.search(said) and not re.search(r"增|升|提高|超额", said[-12:]):
                fields = {"claim": line.phrase(number), "limit": test.limit}
                yield Finding(line.doc_id, "fail", (figure.id,), fields)
