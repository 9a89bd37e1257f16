"""From a text to what others did to it before it came here: told in notes, never repaired.

A number in a damaged text may be wrong without looking wrong, so the reader of the study is warned.
"""

from __future__ import annotations

import re

# Code, how often it must be seen, what it looks like, and how it is told.
_DOUBTS: tuple[tuple[str, int, re.Pattern[str], str], ...] = (
    # 《实施方案(20212025年)》: the dash between two years is lost
    ("lost_dash", 1, re.compile(r"(?<!\d)20[0-4]\d20[0-4]\d\s?年"), "年份之间的连接号丢失"),
    # 落实到位?。 and 制度,,: signs that a converter put in the place of others
    ("odd_punctuation", 1, re.compile(r"\?[。，,]|[。，][?]|，，|,,|。。(?!。)"), "标点可能被替换"),
    # 依法治(zhì)国, 行政执(執)法
    ("inserted_pinyin", 1,
     re.compile(
         r"[\u4e00-\u9fff][(（][a-z]{0,4}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]{0,3}[)）]"
     ),
     "夹有拼音"),
    ("inserted_script", 2,
     re.compile(
         r"[\u4e00-\u9fff][(（]"
         r"[國執會務監爭長門開關業處應對實審議訴訟導眾標準體構機權責單證辦調條發][)）]"
     ),
     "夹有繁体字"),
    # UTF-8 once read as GBK
    ("suspect_mojibake", 3,
     re.compile(r"锟斤拷|烫烫|屯屯|鈥[\u4e00-\u9fff?]|銆[\u4e00-\u9fff?]|锛[\u4e00-\u9fff?]|[åäæçèé][\x80-\xbf]"),
     "夹有乱码"),
    ("watermark", 2, re.compile(r"(?:www\.|https?://)[\w./-]{4,60}(?=[\u4e00-\u9fff。,])|范文网|文库(?:下载|网)"),
     "夹有网址或水印"),
)  # fmt: skip
_TRADITIONAL = re.compile(r"[縣區執應務辦國發實會議訴訟導體機權責單證調條過進開關業處]")
_SIMPLIFIED = re.compile(r"[县区执应务办国发实会议诉讼导体机权责单证调条过进开关业处]")


def find_damage(text: str) -> tuple[str, ...]:
    """Notes on a text, each opening with a stable code.

    >>> find_damage("《清溪县法治政府建设实施方案(20212025年)》")
    ('lost_dash=1: 年份之间的连接号丢失 (20212025年)',)
    """
    notes = []
    for code, least, pattern, words in _DOUBTS:
        found = [match[0] for match in pattern.finditer(text)]
        if len(found) >= least:
            notes.append(f"{code}={len(found)}: {words} ({found[0].strip()})")
    if find_script(text) == "hant":
        notes.append("script_traditional: 繁体字文本")
    return tuple(notes)


def find_script(text: str) -> str | None:
    """The script of a text: hans, hant, or mixed where both are at home; None for too few signs.

    >>> find_script("全县行政执法机关办理案件3件")
    'hans'
    """
    old, new = len(_TRADITIONAL.findall(text)), len(_SIMPLIFIED.findall(text))
    if old > max(5, new):
        return "hant"
    if old > 5 and 10 * old > new:
        return "mixed"
    return "hans" if new > 2 else None
