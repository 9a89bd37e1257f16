"""From a text to what others did to it before it came here: told in notes, never repaired.

A number in a damaged text may be wrong without looking wrong, so the reader of the study is warned.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import NamedTuple

_TRADITIONAL_SIGNS = (
    "國執會務監爭長門開關業處應對實審議訴訟導眾標準體構機權責單證辦調條發縣區書記錄為與這個來時說過進動勞產"
    "傳統經濟現學習黨員隊團組織選舉視聽證據結論規劃則鎮鄉郵電網絡環護衛醫藥殘憲許項種類額億萬幫"
)
_UNIT = "年月日件人次个起份项万%％"
_BARS, _TONES, _GARBLED = "|丨｜", "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ", "锟烫屯鈥銆锛åäæçèé"
_FEW = 5  # signs of the other script that say nothing


class _Doubt(NamedTuple):
    """What looks damaged, how often it must be seen, and how it is told.

    ``signs`` are characters of which each such damage has one; without them it is looked for in
    every text.
    """

    code: str
    least: int
    signs: str
    pattern: re.Pattern[str]
    words: str


_DOUBTS = (
    # 《实施方案(20212025年)》, 2016年2020年规划: the dash between two years is lost
    _Doubt(
        "lost_dash", 1, "",
        re.compile(
            r"20[0-4]\d(?<!\d20[0-4]\d)(?:20[0-4]\d\s?年|年20[0-4]\d年(?=[规计方纲要]|间|期间))"
        ),
        "年份之间的连接号丢失",
    ),
    # 接待咨询41|7|件, 20|18|年, 达 | 97 | ％: pieces of a page with bars or line ends between them
    _Doubt(
        "split_digits", 1, _BARS + "\n",
        re.compile(
            rf"\d[|丨｜]\d{{1,4}}[|丨｜]?[{_UNIT}]"
            r"|[\u4e00-\u9fff]\s?[|丨｜]\s?\d[\d.]{0,9}\s?[|丨｜]\s?[%％年]"
            rf"|[\u4e00-\u9fff]\n\d[\d.]{{0,9}}\n[{_UNIT}]"
        ),
        "数字或单位被拆开",
    ),
    # 落实到位?。 and 制度,,: signs that a converter put in the place of others
    _Doubt(
        "odd_punctuation", 1, "",
        re.compile(
            r"\?(?:[。，,、；]|\?++(?=[\u4e00-\u9fff]))|。(?:\?|(?<!。。)。(?!。))"
            r"|，[?，。；]|,,|、[?、]|；[?，]"
        ),
        "标点可能被替换",
    ),
    # 依法治(zhì)国, 行政执(執)法, 行政复议(行政復議)
    _Doubt(
        "inserted_pinyin", 1, _TONES,
        re.compile(rf"[\u4e00-\u9fff][(（][a-z]{{0,4}}[{_TONES}][a-z]{{0,3}}[)）]"),
        "夹有拼音",
    ),
    _Doubt(
        "inserted_script", 2, _TRADITIONAL_SIGNS,
        re.compile(
            rf"[\u4e00-\u9fff][(（][\u4e00-\u9fff]{{0,3}}[{_TRADITIONAL_SIGNS}]"
            r"[\u4e00-\u9fff]{0,3}[)）]"
        ),
        "夹有繁体字",
    ),
    # UTF-8 once read as GBK
    _Doubt(
        "suspect_mojibake", 3, _GARBLED,
        re.compile(
            r"锟斤拷|烫烫|屯屯|鈥[\u4e00-\u9fff?]|銆[\u4e00-\u9fff?]|锛[\u4e00-\u9fff?]"
            r"|[åäæçèé][\x80-\xbf]"
        ),
        "夹有乱码",
    ),
    _Doubt(
        "watermark", 2, "",
        re.compile(
            r"www\.[\w./-]{4,60}(?=[\u4e00-\u9fff。,])|https?://[\w./-]{4,60}(?=[\u4e00-\u9fff。,])"
            r"|范文网|文库(?:下载|网)|道客巴巴|豆丁网|百度文库|原创力文档|免费(?:下载|范文)"
        ),
        "夹有网址或水印",
    ),
)  # fmt: skip
# A sound text has none of these, and one look tells so; of line ends only those around a number.
_SIGN = re.compile(rf"[{''.join(doubt.signs for doubt in _DOUBTS)}](?:(?<!\n)|\d[\d.]{{0,9}}\n)")
_TRADITIONAL = frozenset("縣區執應務辦國發實會議訴訟導體機權責單證調條過進開關業處")
_SIMPLIFIED = re.compile(r"[县区执应务办国发实会议诉讼导体机权责单证调条过进开关业处]")


class Damage(NamedTuple):
    """What is told of a text, each note opening with a stable code, and the script it is in."""

    notes: tuple[str, ...]
    script: str | None


def find_damage(text: str) -> Damage:
    """Notes on a text, and its script.

    >>> find_damage("《清溪县法治政府建设实施方案(20212025年)》").notes
    ('lost_dash=1: 年份之间的连接号丢失 (20212025年)',)
    """
    notes = []
    signs = Counter(found[0] for found in _SIGN.findall(text))
    for code, least, any_of, pattern, words in _DOUBTS:
        if any_of and signs.keys().isdisjoint(any_of):
            continue
        found = [match[0] for match in pattern.finditer(text)]
        if len(found) >= least:
            notes.append(f"{code}={len(found)}: {words} ({' '.join(found[0].split())})")
    script = _script(text, sum(signs[sign] for sign in _TRADITIONAL))
    if script == "hant":
        notes.append("script_traditional: 繁体字文本")
    return Damage(tuple(notes), script)


def _script(text: str, old: int) -> str | None:
    """hans, hant, or mixed where both are at home; None for too few signs.

    >>> _script("全县行政执法机关办理案件3件", 0)
    'hans'
    """
    if old <= _FEW:
        few = islice(_SIMPLIFIED.finditer(text), 3)
        return "hans" if sum(1 for _ in few) > 2 else None
    new = len(_SIMPLIFIED.findall(text))
    if old > new:
        return "hant"
    if 10 * old > new:
        return "mixed"
    return "hans" if new > 2 else None
