"""From a skeleton to the field every number stands in: the words that speak of it and no other.

The field of the 8 in 收到申请11件,其中受理8件 is 其中受理; a number that says nothing of its own
(共计120场次, 提升至98%, 占比12%) borrows the field of the clause or number before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from govlaw.facts.clauses import Skeleton, Stretch

#: What joins two members of a list; 参与, 涉及, 和解 and their like are words.
JOINT = (
    r"(?:、|以及|(?<![共饱温缓])和(?![解谐平睦])|(?<!参)与(?!会|其)"
    r"|(?<![涉普以])及(?![时格早])|或者?|暨)"
)
_JOINT = re.compile(JOINT)
_ONLY_JOINTS = re.compile(rf"(?:{JOINT}|[/+])*")
_RESPECTIVELY = re.compile(r"(?:数量?|件数|总数)?(?:分别|依次)?(?:为|是|达到?|有|共|各?计|的)?$")
# A field of nothing but these says nothing of its own: 共计120场次 asks the clause before it.
_EMPTY = re.compile(
    r"(?:共有?|共计|累计|总计|合计|计|总共|其中|分别|均|都|已|已经|全部|达到?|有|为|是|约|近|超过?|"
    r"截至[^,]{0,10}|目前|今年以来|全年|上半年|年内|本年度?|当年|[0-9]{4}年度?|以来|"
    r"总数|总量|数量|件数|人数|次数|了|的|各|、|和|与|及|全县|全区|全市|我县|我区|我市)*"
)
# 可网办事项1001项,占比97.85%: a share of what was just counted.
_SHARE = re.compile(
    r"(?:其中|约|均|仅)?(?:所?占比例?|占比重|比[例重]|所?占[^\ue000\ue001]{0,10}?的?)"
    r"(?:分别|均)?(?:为|是|达到?|约|近|超过?)*"
)
# 由90%提升至98%, 从5个环节精简为2个: the second number is what became of the first one.
_RISE = re.compile(
    r"[^\ue000\ue001]{0,10}?\ue001?"
    r"(?:提高|提升|上升|攀升|增加|增长|扩大|扩展|拓展|扩充|压缩|缩短|缩减|压减|减少|精简|合并|降低"
    r"|下降|回落|优化|整合|调整|更新|变更?|改|增|升|降|减|缩|扩|压)了?(?:到|至|为|成)"
    r"(?:了|目前的?|现在的?|如今的?|当前的?|今年的?|本年的?)?"
)
_BASE = re.compile(r"(?:由|从|自|较|比|去年|上年|往年|原来|原先|年初)[^\ue000\ue001]{0,12}$")
# 出庭率100%,2021年为97.1%; 新收74宗,比2020年的29宗增长155%: the same of an earlier year.
_YEAR_BEFORE = re.compile(
    r"(?:而|[较比与])?(?:[0-9]{4}年度?|去年|上年|上一年|前一年)(?:全年|同期)?(?:仅|只)?(?:为|是|有|的)"
)
_OWN = 2  # characters of a list member that are its own act or noun: 发布 in 发布、报备规范性文件


class Place(NamedTuple):
    """Where a number stands: the words that speak of it, the nearest first."""

    at: int
    left: Stretch
    right: Stretch
    far: tuple[Stretch, ...]
    clause: Stretch
    is_member: bool = False
    is_base: bool = False  # the 90% of 由90%提升至98%: what it was before

    @property
    def near(self) -> tuple[Stretch, Stretch]:
        """The stretches in which a word speaks of this number and of no other."""
        return self.left, self.right


class _Run(NamedTuple):
    """Numbers with nothing but 、 or 和 between them: 分别为12件、10件."""

    marks: tuple[int, ...]
    left: Stretch
    right: Stretch
    far: Stretch


def places(bare: Skeleton) -> list[Place]:
    """Where each number stands, in text order.

    >>> from govlaw.facts.clauses import skeleton
    >>> from govlaw.facts.quantities import quantities
    >>> bare = skeleton(text := "48件建议和85件提案。", quantities(text))
    >>> [bare.text[place.right.start : place.right.end] for place in places(bare)]
    ['建议', '提案']
    """
    found: list[Place] = []
    marks, first = bare.marks, 0
    for number, clause in enumerate(bare.clauses):
        last = bisect_left(marks, clause.end, first)
        if first == last:
            continue
        inside, first = marks[first:last], last
        for index, run in enumerate(_runs(bare.text, clause, inside)):
            for place in _members(bare, number, run, index) or _alone(run, clause):
                if found and _follows(bare, found[-1], place):
                    found[-1] = found[-1]._replace(is_base=True)
                found.append(_borrowing(bare, number, place, found[-1] if found else None))
    return found


def window_of(place: Place) -> tuple[int, int]:
    """The clauses in which words may speak of a number: its own, and those it borrows from."""
    start, end = place.clause
    if place.is_member or place.left.start < start:
        start = min(start, place.left.start, *[one.start for one in place.far])
        end = max(end, place.left.end, *[one.end for one in place.far])
    return start, end


def _runs(text: str, clause: Stretch, marks: list[int]) -> list[_Run]:
    groups: list[list[int]] = []
    for at in marks:
        if groups and _ONLY_JOINTS.fullmatch(text, groups[-1][-1] + 1, at):
            groups[-1].append(at)
        else:
            groups.append([at])
    runs, begin, start = [], clause.start, clause.start
    for index, group in enumerate(groups):
        until = groups[index + 1][0] if index + 1 < len(groups) else clause.end
        border = _split_between(text, group[-1] + 1, until) if index + 1 < len(groups) else None
        left = Stretch(start, group[0])
        right = Stretch(group[-1] + 1, border[0] if border else until)
        runs.append(_Run(tuple(group), left, right, Stretch(clause.start, start)))
        begin = group[-1] + 1
        start = border[1] if border else begin
    return runs


def _split_between(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where words change sides: 48件建议和|85件提案, 建议48件|、提案85件."""
    joints = [match for match in _JOINT.finditer(text, start, end) if match.end() <= end]
    if not joints:
        return None
    for joint in (joints[0], joints[-1]):
        if joint.start() == start or joint.end() == end:
            return joint.start(), joint.end()
    return joints[0].start(), joints[0].end()


def _alone(run: _Run, clause: Stretch) -> list[Place]:
    return [Place(at, run.left, run.right, (run.far,), clause) for at in run.marks]


def _members(bare: Skeleton, number: int, run: _Run, index: int) -> list[Place]:
    """The numbers of a 分别 list, each with the member of the list that it counts."""
    count = len(run.marks)
    if count == 1:
        return []
    heads = _heads(bare.text, run.left)
    if len(heads) < count and number and not index:
        # 行政复议、行政应诉案件,分别办结12件、10件: the list stands one clause before.
        before = bare.clauses[number - 1]
        heads = [] if _is_counted(bare, before) else _heads(bare.text, before)
    if len(heads) < count:
        return []
    clause = bare.clauses[number]
    return [
        Place(at, heads[i - count], Stretch(at, at), _shared(heads, count, i, run), clause, True)
        for i, at in enumerate(run.marks)
    ]


def _shared(heads: list[Stretch], count: int, index: int, run: _Run) -> tuple[Stretch, ...]:
    """What a list says for all: the 规范性文件 of 发布、报备规范性文件, not the 报备."""
    first, last = heads[-count], heads[-1]
    own = min(_OWN, *(head.end - head.start for head in heads[-count:]))
    shared = [run.far, Stretch(min(heads[0].start, run.left.start), first.start)]
    if index:
        shared.append(Stretch(first.start, first.end - own))
    shared.append(Stretch(last.end if index + 1 == count else last.start + own, run.left.end))
    return (*shared, run.right)


def _heads(text: str, stretch: Stretch) -> list[Stretch]:
    said = text[stretch.start : stretch.end]
    end = stretch.start + len(_RESPECTIVELY.sub("", said))
    heads, start = [], stretch.start
    for joint in _JOINT.finditer(text, stretch.start, end):
        heads.append(Stretch(start, joint.start()))
        start = joint.end()
    return [*heads, Stretch(start, end)]


def _follows(bare: Skeleton, before: Place, place: Place) -> bool:
    """Whether a number is what became of the one before it."""
    text, one, other = bare.text, bare.quantities[before.at], bare.quantities[place.at]
    if place.is_member or one.kind != other.kind or place.at - before.at > 30:
        return False
    if not _RISE.fullmatch(text, before.at + 1, place.at):
        return False
    ahead = text[max(0, before.at - 20) : before.at]
    return before.clause == place.clause or bool(_BASE.search(ahead))


def _borrowing(bare: Skeleton, number: int, place: Place, before: Place | None) -> Place:
    """The place with the words it borrows, if it says nothing of its own."""
    if place.is_member:
        return place
    text, left = bare.text, place.left
    if before and before.is_base and _follows(bare, before, place):
        return place._replace(left=Stretch(before.left.start, left.end), far=before.far)
    previous = bare.clauses[number - 1] if number else None
    if before and before.clause == previous and _repeats(bare, before, place):
        # The words stand left of the earlier number; this one is of the year before.
        return place._replace(left=Stretch(before.left.start, left.end), is_base=True)
    if not _is_empty(text, place.right):
        return place
    if bare.quantities[place.at].kind == "rate" and _SHARE.fullmatch(text, *left):
        if before and before.clause in (place.clause, previous):
            return place._replace(left=Stretch(before.left.start, left.end))
        if previous:
            return place._replace(left=Stretch(previous.start, left.end))
    first = place.far[0].start == place.far[0].end
    if first and previous and _is_empty(text, left) and not _is_counted(bare, previous):
        return place._replace(left=Stretch(previous.start, left.end))
    return place


def _repeats(bare: Skeleton, before: Place, place: Place) -> bool:
    """Whether a number is the one before it, a year earlier."""
    one, other = bare.quantities[before.at], bare.quantities[place.at]
    alike = (one.kind, one.unit) == (other.kind, other.unit)
    return alike and _YEAR_BEFORE.fullmatch(bare.text, *place.left) is not None


def _is_empty(text: str, stretch: Stretch) -> bool:
    return _EMPTY.fullmatch(text, stretch.start, stretch.end) is not None


def _is_counted(bare: Skeleton, clause: Stretch) -> bool:
    """Whether a clause counts something; one that only tells a change has words left to lend."""
    inside = bare.marks[bisect_left(bare.marks, clause.start) : bisect_left(bare.marks, clause.end)]
    return any(bare.quantities[at].kind != "change" for at in inside)
