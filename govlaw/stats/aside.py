"""From a corpus to words set aside before words are weighed: places, dates, stock words.

They tell documents apart without saying anything of what is done there. What was set aside is part
of the result, so the words come by kind and the page shows them.
"""

from __future__ import annotations

import re
from collections.abc import Collection

import pandas as pd

from govlaw import paths
from govlaw.errors import InputError
from govlaw.knowledge import did_you_mean, read_yaml

ASIDE = ("places", "dates", "stock")
_SUFFIXES = ("自治区", "自治州", "自治县", "特别行政区", "省", "市", "区", "县", "旗", "州", "盟")
_PART = "(?:[度底末初内间份前后来中]|以来|期间)"
_DATE = re.compile(
    rf"(?:[0-9〇零一二三四五六七八九十]{{1,4}}|第?[一二三四])(?:年|月|日|季度){_PART}?"
    rf"|(?:今|去|明|前|近|每|同|本|当|全|上|往|历|多)年{_PART}?|年(?:{_PART}|月|月日)"
    rf"|[上下]半年|[本上下每当]月{_PART}?|月{_PART}|季度"
)


def set_aside(
    kinds: Collection[str], term_counts: pd.DataFrame, documents: pd.DataFrame
) -> dict[str, list[str]]:
    """The words of each kind that stand in the corpus: ``places``, ``dates``, ``stock``.

    Places are those of the register, with and without 省, 市, 县; dates are words for years, months
    and parts of them (年度, 上半年); stock words are the hedges, slogans and stock of
    ``data/words/statements.yml``.

    >>> counts = pd.DataFrame({"term": ["东辽县", "上半年", "进一步", "行政复议"]})
    >>> places = pd.DataFrame({"province": ["吉林省"], "city": [None], "county": ["东辽县"]})
    >>> set_aside(ASIDE, counts, places)
    {'places': ['东辽县'], 'dates': ['上半年'], 'stock': ['进一步']}
    """
    for kind in kinds:
        if kind not in ASIDE:
            raise InputError(f"set_aside: {kind!r}", "no such kind", did_you_mean(kind, ASIDE))
    terms = sorted({str(term) for term in term_counts["term"].unique()})
    places, stock = set(place_words(documents)), _stock_words()
    found = {
        "places": [term for term in terms if term in places],
        "dates": [term for term in terms if _DATE.fullmatch(term)],
        "stock": [term for term in terms if term in stock],
    }
    return {kind: found[kind] for kind in ASIDE if kind in kinds}


def place_words(documents: pd.DataFrame) -> list[str]:
    """Names of the places in the corpus, with and without 省, 市, 县.

    >>> place_words(pd.DataFrame({"province": ["吉林省"], "city": [None], "county": ["东辽县"]}))
    ['东辽', '东辽县', '吉林', '吉林省']
    """
    found: set[str] = set()
    for column in ("province", "city", "county"):
        for name in documents[column].dropna():
            found.add(str(name))
            bare = next((name.removesuffix(s) for s in _SUFFIXES if name.endswith(s)), name)
            found |= {bare} if len(bare) > 1 else set()
    return sorted(found)


def _stock_words() -> set[str]:
    written = read_yaml(paths.data("words", "statements.yml"))
    return {word for key in ("hedges", "slogans", "stock") for word in written[key]}
