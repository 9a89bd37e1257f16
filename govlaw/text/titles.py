"""From the lines of a page to the title of its report, which is seldom the first line."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from govlaw.document import Span
from govlaw.text.folding import fold
from govlaw.text.furniture import is_furniture
from govlaw.text.lines import Line
from govlaw.text.marks import BODY_NAME, SIGNED_LINE

SUBJECT = re.compile(r"法治|依法行政|依法治|行政执法|政务公开|信息公开|述职|述法|普法")
# One side of the work in one year: without the year it would be a heading.
_YEARLY = re.compile(
    r"(?:20\d\d|二[〇○零0Oo].{2})年.{0,24}(?:行政复议|应诉|三项制度|规范性文件|放管服|营商环境|政府工作)"
)
_TITLE_END = re.compile(
    r"(?:报告|计划|要点|方案|总结|情况|通知|意见|解读|汇报|安排|规划|纲要|要求|办法|讲话|问答"
    r"|公告|通报|公示|年报|打算|思路|综述|白皮书|公报|说明|清单|成效|纪实|侧记|掠影|巡礼"
    r"|(?<=报告)(?:出炉|来了|请查收))"
    r"(?:[(][^()]{1,14}[)])?$"
)
_WRAPPED = re.compile(
    r"关于|20\d\d(?:年|$)|年度$"
    r"|(?:(?<!法治)政府|委员会|办公室|局|委|厅|处|领导小组)$"
)
_CONTINUED = re.compile(r"关于|20\d\d|二[〇○零]|年度|法治|依法|推进")
# ——某县推进法治政府建设工作综述, below a headline
_SUBTITLE = re.compile(r"-{2,4}\s{0,2}[^-].{4,60}")
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十]{1,3}[)]|\d{1,2}[.、]|附件|[-—·•■●◆▲★]"
)
LABELLED_TITLE = re.compile(
    r"[|\s]{0,3}(?:标\s{0,4}题|信息名称|名\s{0,4}称|文件名称|文件标题|信息标题)\s{0,2}[:|\t]\s{0,3}[|\s]{0,3}"
)
_FULL_DATE = re.compile(r"20\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d")
_YEAR = re.compile(r"20\d\d|二[〇○零0]")
_HEAD, _ABOVE, _NEAR = 80, 12, 3  # lines
_HEADLINE, _NO_YEAR = 10, 2
STAMPED = re.compile(r"20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?!\d)")
_PUBLICATION = re.compile(r"[\[【(]?(?:发布|发表|发稿|公开|来源|信息来源|时间|日期)")


def _read_titled(lines: Sequence[Line], reach: int = _HEAD) -> Span | None:
    """The span of what reads as a title, on one line or wrapped over two.

    Menus name other reports above the title, so of several the one nearest to the publication line
    or to the first sentence is it, if it stands within ``reach`` of it.
    """
    head = lines[:_HEAD]
    prose = next((n for n, line in enumerate(head) if is_prose(line)), len(head))
    stamps = [n for n, line in enumerate(head[:prose]) if _is_stamp(line)]
    if prose < len(head) or reach < _HEAD:  # the text begins there
        stamps.append(prose)
    if label := next(
        (value for line in head[: prose + 1] if (value := _labelled_title(line))), None
    ):
        return label
    found = list(_titled_lines(head, prose))

    def distance(place: tuple[int, Span]) -> tuple[int, int]:
        """How far from a publication line; the name of a column has no year."""
        number, span = place
        is_yearly = any(
            _YEAR.search(line.folded)
            for line in head[number : number + 2]
            if span.overlaps(line.span)
        )
        apart = min((abs(stamp - number) for stamp in stamps), default=number)
        return apart + (0 if is_yearly else _NO_YEAR), -number

    best = min(found, key=distance, default=None)
    return best[1] if best and distance(best)[0] <= reach + _NO_YEAR else None


def _titled_lines(head: Sequence[Line], prose: int) -> Iterator[tuple[int, Span]]:
    """Each line that reads as a title, alone or with the one below it.

    Below the first sentence stands a title only where there is none above.
    """
    found, skipped = False, -1
    for number, line in enumerate(head):
        if found and number > prose:
            return
        if number == skipped or is_furniture(line.folded):
            continue
        below = head[number + 1].folded if number + 1 < len(head) else ""
        is_pair = _is_wrapped(line.folded, below) or (
            number < prose and _is_subtitled(line.folded, below)
        )
        if below and is_pair:
            yield number, Span(line.span.start, head[number + 1].span.end)
            found, skipped = True, number + 1
        elif is_title(line.folded):
            yield number, line.span
            found = True


def is_prose(line: Line) -> bool:
    """Whether a line is a sentence of the report: menus, labels and titles are none."""
    return len(line.folded) > 40 and line.is_sentence and not is_furniture(line.folded)


def _is_stamp(line: Line) -> bool:
    """A publication line, or the document's number: the title stands above it."""
    return (
        len(line.folded) < 160
        and "星期" not in line.folded
        and bool(STAMPED.match(line.folded) or _PUBLICATION.match(line.folded))
    )


def _labelled_title(line: Line) -> Span | None:
    found = LABELLED_TITLE.match(line.folded)
    if found and is_title(line.folded[found.end() : len(line.folded.rstrip(" |"))]):
        return Span(line.span.start + found.end(), line.span.start + len(line.folded.rstrip(" |")))
    return None


def find_title(
    lines: Sequence[Line], inside: Sequence[Line], facts: Mapping[str, str]
) -> Span | None:
    """The span of the title: where the page's own title stands in the text, else what reads as one.

    A ``<title>`` may name the column, so what reads as a title in the article goes before it.
    """
    claimed = _bare(facts.get("title", ""))
    is_weak = facts.get("title.where") == "title"
    place = _place_of(claimed, lines, inside) if claimed else None
    above = _above(lines, inside)
    near = (*above, *inside[:_ABOVE])
    is_near = place is not None and any(place.overlaps(line.span) for line in near)
    # the name of a column has no year
    is_sure = is_near and is_title(claimed) and re.search(r"20\d\d年", claimed)
    if place and (is_sure or not is_weak):
        return _with_body(place, lines)
    if found := _read_titled(inside):
        return None if is_title(claimed) and not is_weak else found
    is_headline = is_near and len(claimed) >= _HEADLINE
    if place and (is_title(claimed) or is_headline):
        return _with_body(place, lines)
    return _read_titled(above, _NEAR) or (place if is_near else None) or _headline(inside)


def _with_body(place: Span, lines: Sequence[Line]) -> Span:
    """东辽县人民政府 on the line above 关于…的报告 belongs to the title."""
    at = bisect_left(lines, place.start, key=lambda line: line.span.start)
    if not at or not lines[at].folded.startswith("关于"):
        return place
    above = lines[at - 1]
    is_body = BODY_NAME.fullmatch(above.folded) and not is_furniture(above.folded)
    return Span(above.span.start, place.end) if is_body else place


def _above(lines: Sequence[Line], inside: Sequence[Line]) -> Sequence[Line]:
    """The lines just above the article, where a page whose body is a box of its own has its title.

    Of a text without a page around it there are none.
    """
    first = inside[0].span.start if inside else 0
    at = bisect_left(lines, first, key=lambda line: line.span.start)
    return lines[max(0, at - _ABOVE) : at]


def _place_of(claimed: str, lines: Sequence[Line], inside: Sequence[Line]) -> Span | None:
    """Where the text prints a title, on one line or on up to three, nearest to the article."""
    first = inside[0].span.start if inside else 0
    places: list[Span] = []
    for number, line in enumerate(lines):
        said, last = _bare(line.folded), number
        while (
            claimed.startswith(said) and said != claimed and last < min(number + 2, len(lines) - 1)
        ):
            last += 1
            said += _bare(lines[last].folded)
        if said == claimed:
            places.append(Span(line.span.start, lines[last].span.end))
    return min(places, key=lambda span: abs(span.start - first), default=None)


def _bare(title: str) -> str:
    return re.sub(r"\s", "", fold(title))


def is_title(line: str) -> bool:
    """Whether words sound like the title of a document of this genre.

    >>> is_title("东辽县2019年法治政府建设情况报告"), is_title("行政复议情况")
    (True, False)
    """
    if not 6 <= len(line) <= 90 or re.search(r"[。;；!?]|[,，:]$", line):
        return False
    subject = SUBJECT.search(line) or _YEARLY.search(line)
    return bool(subject and _TITLE_END.search(line)) and not _NUMBERED.match(line)


def _is_wrapped(line: str, following: str) -> bool:
    """东辽县人民政府 / 关于2019年度…的报告 on two lines are one title."""
    if "\t" in line + following or "|" in line + following:  # cells of a header table
        return False
    if _PUBLICATION.match(following) or _FULL_DATE.match(
        following.lstrip("(-")
    ):  # …情况的报告 / (2022年1月8日)
        return False
    if _FULL_DATE.search(line):  # [2019年3月31日] / 清溪区人民政府关于…
        return False
    # 报告如下: / 一、主要成效
    if re.search(r"[。;；:!?]|[,，、]$", line) or _NUMBERED.match(following):
        return False
    # 区司法局 / 鼓楼区2017年法治政府建设工作报告: the source of the text, and its title
    if is_title(following) and BODY_NAME.fullmatch(line) and not _CONTINUED.match(following):
        return False
    short = len(line) <= 45 and len(following) <= 45
    apart = not (SIGNED_LINE.fullmatch(line) or (is_title(line) and is_title(following)))
    return short and apart and bool(_WRAPPED.search(line)) and is_title(line + following)


def _is_subtitled(line: str, following: str) -> bool:
    """让法治成为发展的底色 / ——清溪县推进法治政府建设工作综述 are one headline."""
    plain = 4 <= len(line) <= 45 and not re.search(r"[。;；:|\t]|[,，、]$|^-|>", line)
    told = bool(SUBJECT.search(following) or _TITLE_END.search(following))
    sub = bool(_SUBTITLE.fullmatch(following)) and not re.search(r"[。;；]", following)
    return plain and told and sub and not _NUMBERED.match(line)


def _headline(lines: Sequence[Line]) -> Span | None:
    """A first line that is no sentence and stands above one: the headline of a news text (000)."""
    first = lines[0] if lines else None
    following = next((line for line in lines[1:] if not is_furniture(line.folded)), None)
    if first is None or following is None or is_furniture(first.folded):
        return None
    short = 6 <= len(first.folded) <= 40 and not first.is_sentence
    plain = not (re.search(r"[:。;；]|20\d\d-\d\d", first.folded) or _NUMBERED.match(first.folded))
    return first.span if short and plain and len(following.folded) > 40 else None
