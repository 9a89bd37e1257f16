"""Words set aside: places, dates and stock words, and nothing that is a matter of study."""

import pandas as pd
import pytest

from govlaw.errors import InputError
from govlaw.stats.aside import ASIDE, place_words, set_aside

PLACES = pd.DataFrame(
    {"province": ["吉林省", None], "city": ["辽源市", None], "county": ["东辽县", None]}
)
DATES = ("年底", "上半年", "今年", "近年来", "2019年", "第三季度", "一季度", "月底", "年度", "五年")
MATTERS = (
    "行政复议",
    "年检",
    "月嫂",
    "日常监管",
    "一年级",
    "执法人员",
    "三项制度",
    "半导体",
    "季节性",
)


def counts(*terms):
    return pd.DataFrame({"term": terms})


def test_places_with_and_without_their_suffix():
    found = set_aside(["places"], counts("东辽县", "东辽", "吉林", "县政府"), PLACES)
    assert found == {"places": ["东辽", "东辽县", "吉林"]}
    assert "自治" not in place_words(PLACES)


@pytest.mark.parametrize("term", DATES)
def test_dates(term):
    assert set_aside(["dates"], counts(term), PLACES)["dates"] == [term]


@pytest.mark.parametrize("term", MATTERS)
def test_matters_of_study_stay(term):
    assert set_aside(ASIDE, counts(term), PLACES) == {"places": [], "dates": [], "stock": []}


def test_stock_words():
    found = set_aside(["stock"], counts("进一步", "保驾护航", "行政复议"), PLACES)
    assert found["stock"] == ["保驾护航", "进一步"]


def test_only_what_is_asked_for():
    assert set_aside([], counts("今年"), PLACES) == {}
    assert set_aside(ASIDE, counts(), PLACES) == {"places": [], "dates": [], "stock": []}
    with pytest.raises(InputError, match="did you mean 'places'"):
        set_aside(["place"], counts(), PLACES)
