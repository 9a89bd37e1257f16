"""From the table above a report to its labels and values: 发文字号, 成文日期, 发布日期 …

Pages print it as a table, as pipes, with the label and the value on lines of their own, with all
labels on one line and all values on the next, glued together, or twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from govlaw.text.marks import Line

LABELS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "published": (
            "发布时间", "发布日期", "发表时间", "发表日期", "发稿时间", "发稿日期", "公开日期", "公开时间",
            "公布日期", "公布时间", "上网时间", "上网日期", "信息公开日期", "发布于", "上传时间", "录入时间",
            "时间", "日期",
        ),
        "updated": ("更新时间", "更新日期"),
        "signed": (
            "成文日期", "成文时间", "生成日期", "生成时间", "发文日期", "发文时间", "印发日期", "印发时间",
            "签发日期", "制发日期", "形成日期",
        ),
        "doc_no": ("文号", "发文字号", "文件编号", "发文号", "公文文号", "文件文号", "发文文号", "字号"),
        "title": ("标题", "信息名称", "名称", "文件名称", "文件标题", "信息标题"),
        "other": (
            "索引号", "索引号码", "主题分类", "主题词", "信息分类", "体裁分类", "组配分类", "有效性",
            "公文时效", "文件状态", "是否有效", "效力状态", "发文机关", "发布机构", "发文单位", "制发机关",
            "公开主体", "来源", "信息来源", "发布单位", "发布机关", "发布者", "作者", "浏览次数", "关键词",
            "内容概述", "服务对象", "公开方式", "公开范围", "失效日期", "废止日期", "实施日期", "生效日期",
            "有效期", "语种", "载体类型", "信息索引号", "点击数", "点击量", "阅读次数", "访问量", "分类",
        ),
    }
)  # fmt: skip
_FIELDS = {label: field for field, labels in LABELS.items() for label in labels}
_ALL = sorted(_FIELDS, key=len, reverse=True)
_SPACED = "|".join(r"[ \t]{0,2}".join(map(re.escape, label)) for label in _ALL)
_GAP = r"[\s:|\]】\t]"
_LABEL = re.compile(rf"(?:^|(?<=[\s|\t\[【(:;,，。\d\])】)]))(?:{_SPACED})(?={_GAP}|$|20\d\d)", re.MULTILINE)
_MAY_LABEL = re.compile(r"日[ \t]{0,2}期|时[ \t]{0,2}间|号|标[ \t]{0,2}题|名[ \t]{0,2}称|发布于")
_SEPARATORS = re.compile(rf"{_GAP}{{0,12}}")
_CELL = re.compile(r"\s*[\t|]\s*|\s{2,}")
_LONGEST = 160


def read_header(lines: Sequence[Line]) -> dict[str, str]:
    """The value of every label found, the first that is not empty.

    >>> from govlaw.text.marks import read_lines
    >>> page = "发文字号 | 清政〔2020〕3号 | 成文日期 | 2020-02-28\\n发布日期\\n2020-03-04"
    >>> read_header(read_lines(page))
    {'doc_no': '清政〔2020〕3号', 'signed': '2020-02-28', 'published': '2020-03-04'}
    """
    values: dict[str, str] = {}
    if not any(_MAY_LABEL.search(line.folded[:400]) for line in lines):
        return values
    for field, value in (*_in_columns(lines), *_in_turn(lines)):
        if value and field != "other":
            values.setdefault(field, value)
    return values


def is_label(line: str) -> bool:
    """Whether a line is a label and nothing else, so that its value stands on the next one.

    >>> is_label("成文日期:"), is_label("成文日期:2021-02-01")
    (True, False)
    """
    return "".join(line.split()).strip(":|") in _FIELDS


def _in_turn(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """Each label with what follows it, on its line or on the next."""
    for number, line in enumerate(lines):
        if len(line.folded) > _LONGEST and not _LABEL.match(line.folded[:24]):
            continue  # a sentence
        written = line.folded[:400]
        found = list(_LABEL.finditer(written))
        for label, after in zip(found, [*found[1:], None], strict=False):
            field = _FIELDS["".join(label[0].split())]
            start = _SEPARATORS.match(written, label.end())
            end = after.start() if after else len(written)
            value = written[start.end() if start else label.end() : end].strip(" \t|[]【】;,")
            if not value and after is None and number + 1 < len(lines):
                value = _alone(lines[number + 1].folded)
            yield field, value


def _alone(line: str) -> str:
    """The next line, unless it is a label, too: an empty cell has no value."""
    return "" if len(line) > 90 or _LABEL.match(line) else line.strip(" \t|:")


def _in_columns(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """Labels side by side on one line, their values side by side on the next."""
    for line, below in zip(lines, lines[1:], strict=False):
        labels = [cell for cell in _CELL.split(line.folded.strip(" |\t")) if cell]
        fields = [_FIELDS.get("".join(cell.split()).rstrip(":")) for cell in labels]
        if len(fields) < 2 or None in fields:
            continue
        values = [cell for cell in _CELL.split(below.folded.strip(" |\t")) if cell]
        if len(values) == len(fields):
            yield from ((field, value) for field, value in zip(fields, values, strict=True) if field)
