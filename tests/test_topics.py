"""Topics: refused on a small corpus, found again where they were planted, with their stability."""

import numpy as np
import pandas as pd
import pytest

from govlaw.errors import InputError
from govlaw.stats.topics import MIN_DOCS, _stability, find_topics

FIELDS = {
    "复议": [f"复议{n}" for n in range(12)],
    "执法": [f"执法{n}" for n in range(12)],
    "普法": [f"普法{n}" for n in range(12)],
}


def planted(n_docs=60, seed=1):
    """Documents that each speak mostly of one of three fields."""
    draw = np.random.default_rng(seed)
    rows = []
    for number in range(n_docs):
        for place, terms in enumerate(FIELDS.values()):
            rate = 4 if place == number % 3 else 0.3
            counts = draw.poisson(rate, len(terms))
            rows += [
                {"doc_id": f"d{number:03}", "role": "body", "term": term, "n": int(n)}
                for term, n in zip(terms, counts, strict=True)
                if n
            ]
    return pd.DataFrame(rows)


def test_planted_topics_are_found_and_stable():
    found = find_topics(planted(), n_topics=3, n_seeds=4)
    words = found.terms.groupby("topic")["term"].agg(list)
    assert {frozenset(term[:2] for term in terms) for terms in words} == {
        frozenset([field]) for field in FIELDS
    }
    assert found.stability["stability"].min() > 0.6
    best = found.shares.idxmax(axis=1)
    own = pd.Series(range(60), index=found.shares.index) % 3
    assert pd.crosstab(own, best).max(axis=1).tolist() == [20, 20, 20]
    assert found.shares.sum(axis=1).to_numpy() == pytest.approx(np.ones(60))


def test_the_same_seeds_give_the_same_topics():
    one, other = (find_topics(planted(), n_topics=3, n_seeds=2) for _ in range(2))
    pd.testing.assert_frame_equal(one.terms, other.terms)


def test_too_many_topics_are_less_stable():
    three, nine = (
        find_topics(planted(), n_topics=n, n_seeds=4).stability["stability"].mean() for n in (3, 9)
    )
    assert nine < three


def test_the_seeds_are_refused(tables):
    with pytest.raises(InputError, match=f"5 documents are too few.*{MIN_DOCS}"):
        find_topics(tables.term_counts)


@pytest.mark.parametrize(
    ("options", "message"),
    [({"n_topics": 1}, "at least two topics"), ({"n_seeds": 1}, "two seeds"),
     ({"n_topics": 20}, "at most 12 topics"), ({"min_docs": 99}, "only 0 words")],
)  # fmt: skip
def test_bad_questions_are_refused(options, message):
    with pytest.raises(InputError, match=message):
        find_topics(planted(), **options)


def test_excluded_words_are_in_no_topic():
    found = find_topics(planted(), n_topics=3, n_seeds=2, exclude=["复议0", "复议1"])
    assert not {"复议0", "复议1"} & set(found.terms["term"])


def test_a_single_document_is_refused():
    one = planted()
    with pytest.raises(InputError, match="1 documents are too few"):
        find_topics(one[one["doc_id"] == "d000"])


def test_every_topic_says_how_stable_it_is_and_under_how_many_starts():
    found = find_topics(planted(), n_topics=3, n_seeds=3)
    assert found.stability["stability"].between(0, 1).all()
    assert found.stability["n_seeds"].eq(3).all()


def test_stability_by_hand():
    """Ten words of twenty: the same ten, none of them, and five of them (5 of 15 together)."""
    words = np.zeros((1, 20))
    words[0, :10] = 1
    same, none, half = words.copy(), np.roll(words, 10), np.roll(words, 5)
    assert _stability(words, [same]) == pytest.approx([1])
    assert _stability(words, [none]) == pytest.approx([0])
    assert _stability(words, [same, none, half]) == pytest.approx([(1 + 0 + 1 / 3) / 3])
