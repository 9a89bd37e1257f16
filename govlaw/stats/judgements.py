"""From a whole and its parts to a verdict, read as kindly as the words allow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from govlaw.stats.arithmetic import Sum
from govlaw.stats.findings import number as written
from govlaw.stats.parts import Partition, compare, exclusive_group
from govlaw.stats.rules import Severity, Verdict, Vocabulary


@dataclass(frozen=True, slots=True)
class Judgement:
    """What came of a partition."""

    verdict: Verdict
    severity: Severity
    sum: Sum
    note: str = ""


def judge(found: Partition, words: Vocabulary) -> Judgement:
    """Whether whole and parts can be true together, and how sure one can be."""
    figures = found.figures
    result = compare(figures, found.total)
    if result.agreement == "more":
        return _judge_more(found, words, result)
    if result.agreement == "less":
        return _judge_less(found, words, result)
    return Judgement("ok" if result.agreement == "equal" else "rounding", "info", result)


def _judge_more(found: Partition, words: Vocabulary, result: Sum) -> Judgement:
    figures, total = found.figures, found.total
    if words.carry.search(found.line.text) or words.carry.search(found.whole_line.text):
        return Judgement("not_testable", "info", result, ":句中有结转或上年数")
    if len(figures) == 1:
        if not found.is_adjacent:
            return Judgement("not_testable", "info", result, ":二者之间另有数字")
        sure = not found.others and found.line is found.whole_line
        return Judgement("fail", "error" if sure else "warn", result, ":部分大于总数")
    for other in found.others:
        if compare(figures, found.whole_line.figures[other]).agreement == "equal":
            phrase = found.whole_line.phrase(other)
            return Judgement("ok", "info", result, f":按「{phrase}」读则相符")
    additive = _names_all(found.head, found.labels)
    group = exclusive_group(found.labels, words)
    closed = found.marker in ("其余", "合计")
    if found.is_adjacent and (group or additive or closed):
        return Judgement("fail", "warn", result, _odd_one_out(found) or _because(group))
    for length in range(2, len(figures)):
        # 186卷,其中处罚卷98卷、许可卷88卷,优秀案卷42卷…: one division is over, another begins.
        if compare(figures[:length], total).agreement == "equal":
            return Judgement("ok", "info", result, f":前{length}项之和即为总数,其后为另一种分法")
    stages = {hit[0] for label in found.labels if (hit := words.stage.search(label))}
    if len(stages) > 1 and all(part.low <= total.high for part in figures):
        return Judgement("ok", "info", result, ":先后环节不相加,各不大于总数")
    return Judgement("overlap", "info", result)


def _judge_less(found: Partition, words: Vocabulary, result: Sum) -> Judgement:
    rest = any(
        re.match(rf"(?:{'|'.join(words.rest)})", label.strip("的有")) for label in found.labels
    )
    closed = found.is_full or rest or _names_all(found.head, found.labels)
    exact = all(part.is_exact for part in [*found.figures, found.total])
    if len(found.parts) > 1 and closed and exact and found.is_adjacent:
        return Judgement("fail", "warn", result, ":所列各部分应为全部")
    note = f":另有{written(abs(result.gap))}{found.total.unit}未说明" if exact else ":总数为约数"
    return Judgement("ok", "info", result, note)


def _because(group: str | None) -> str:
    return f":{group}各类互不重叠" if group else ":所列各部分应正好合成总数"


def _names_all(head: str, labels: Sequence[str]) -> bool:
    """取消和下放41项: the whole names each of its parts, so it is their sum."""
    if len(labels) < 2 or not re.search(r"和|及|与|、", head):
        return False
    cores = [re.sub(r"其中|有|的|被|为", "", label).strip()[:2] for label in labels]
    return len(set(cores)) == len(cores) and all(len(c) == 2 and c in head for c in cores)


def _odd_one_out(found: Partition) -> str:
    """The refusal that would make the sum right if left out: it was never under this whole."""
    figures = found.figures
    fitting = [
        index for index in range(len(figures))
        if compare(figures[:index] + figures[index + 1 :], found.total).agreement == "equal"
    ]  # fmt: skip
    refused = [
        index for index in fitting if "不" in found.labels[index] or "未" in found.labels[index]
    ]
    if not refused:
        return ""
    return f":若「{found.phrases()[refused[0]]}」不计入则相符,可能是层次放错"
