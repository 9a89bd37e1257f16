"""The keyword groups: what the shipped file promises, and what a broken one says."""

import pickle
import re

import pytest

from govlaw import paths
from govlaw.errors import DefinitionError
from govlaw.lexicon import load_lexicon, matcher
from govlaw.text.folding import fold

AREAS = {f"G{n}" for n in range(8)} | {f"H{n}" for n in range(1, 10)} | {"LS"}


@pytest.fixture(scope="module")
def lexicon():
    return load_lexicon()


def test_there_are_enough_groups_and_every_task_area_has_some(lexicon):
    assert len(lexicon.groups) >= 40
    assert sum(len(group.terms) for group in lexicon.groups.values()) >= 300
    covered = {area for theme in lexicon.themes.values() for area in theme.areas}
    assert covered == AREAS


def test_every_group_is_named_in_both_languages(lexicon):
    for group in lexicon.groups.values():
        assert re.search(r"[\u4e00-\u9fff]", group.name_zh), group.id
        assert re.fullmatch(r"[ -~]+", group.name_en), group.id
        assert group.theme in lexicon.themes
        assert group.since is None or 2004 <= group.since <= 2025, group.id


def test_every_term_is_found_as_itself_and_no_mask_is_a_term(lexicon):
    for group in lexicon.groups.values():
        for term in group.terms:
            found = matcher(lexicon.words).find_matches_as_indexes(term)
            assert [(0, len(term))] == [(start, end) for _, start, end in found], term
            assert lexicon.group_of(term) is group
            assert fold(term) == term or "，" in term, "terms are written in narrow form"
        assert not any(lexicon.group_of(mask) for mask in group.masks)


@pytest.mark.parametrize(
    ("old", "new"),
    [("法制办", "司法局"), ("合法性审查", "合法性审核"), ("权力清单", "权责清单"), ("督查", "督察"),
     ("法制宣传", "法治宣传"), ("行政审批制度改革", "放管服"), ("行政应诉", "出庭应诉")],
)  # fmt: skip
def test_a_change_of_vocabulary_stays_in_one_group(lexicon, old, new):
    assert lexicon.group_of(old) is lexicon.group_of(new)


def test_first_years(lexicon):
    since = {term: group.since for group in lexicon.groups.values() for term in group.terms}
    assert since["习近平法治思想"] == 2020
    assert since["习近平新时代中国特色社会主义思想"] == 2017
    assert since["公平竞争审查"] == 2016
    assert since["信访"] is None


def test_a_lexicon_goes_to_a_worker_process_and_back(lexicon):
    assert lexicon.words
    assert pickle.loads(pickle.dumps(lexicon)).words == lexicon.words  # noqa: S301


BROKEN = {
    "a term in two groups": (
        "t:\n  groups:\n    a: {terms: [信访]}\n    b:\n      terms:\n        - 上访\n"
        "        - 信访\n",
        7, "'信访' is in 'a' and in 'b'",
    ),
    "an empty group": ("t:\n  groups:\n    a: {terms: []}\n", 3, "group 'a' has no terms"),
    "a group without terms": ("t:\n  groups:\n    a: {name_zh: 信访}\n", 3, "has no terms"),
    "an unknown key": (
        "t:\n  groups:\n    a:\n      term: [信访]\n",
        4, "unknown key 'term'. did you mean 'terms'?",
    ),
    "an unknown key of a theme": (
        "t:\n  group: {}\n  groups: {}\n", 2, "unknown key 'group'. did you mean 'groups'?",
    ),
    "a term twice": ("t:\n  groups:\n    a: {terms: [信访, 信访]}\n", 3, "stands there twice"),
    "one character": ("t:\n  groups:\n    a: {terms: [法]}\n", 3, "two characters or more"),
    "terms no list": ("t:\n  groups:\n    a: {terms: 信访}\n", 3, "terms is not a list"),
    "a year in words": ("t:\n  groups:\n    a: {terms: [信访], since: 今年}\n", 3, "no year"),
    "renamed in words": (
        "t:\n  groups:\n    a: {terms: [信访], renamed: 2019}\n", 3, "no yes or no",
    ),
    "a group twice": (
        "t:\n  groups:\n    a: {terms: [信访]}\n    a: {terms: [上访]}\n",
        4,
        "'a' stands here twice",
    ),
    "a group in two themes": (
        "t:\n  groups:\n    a: {terms: [信访]}\nu:\n  groups:\n    a: {terms: [上访]}\n",
        6, "stands in two themes",
    ),
    "a theme without groups": ("t: {name_zh: 信访}\n", 1, "has no groups"),
    "broken YAML": ("t:\n  groups: [\n", 3, "broken YAML"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_says_where_and_what(tmp_path, case):
    written, line, what = BROKEN[case]
    file = tmp_path / "mine.yml"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_lexicon(file)
    assert what in str(caught.value)
    assert caught.value.where.endswith(f"mine.yml:{line}")


@pytest.mark.parametrize("written", ["", "- 信访\n", "# nothing\n"])
def test_an_empty_file_is_refused(tmp_path, written):
    file = tmp_path / "mine.yml"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(DefinitionError, match="no themes"):
        load_lexicon(file)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DefinitionError, match=r"nowhere\.yml"):
        load_lexicon(tmp_path / "nowhere.yml")


def test_a_hotline_is_a_term(tmp_path):
    file = tmp_path / "mine.yml"
    file.write_text("t:\n  groups:\n    a: {terms: [12348]}\n", encoding="utf-8")
    assert load_lexicon(file).groups["a"].terms == ("12348",)


def test_an_edited_file_is_read_again(tmp_path):
    file = tmp_path / "mine.yml"
    for term in ("信访", "行政复议"):
        file.write_text(f"t:\n  groups:\n    a: {{terms: [{term}]}}\n", encoding="utf-8")
        assert load_lexicon(file).groups["a"].terms == (term,)


def test_the_default_is_the_shipped_file():
    assert load_lexicon().groups == load_lexicon(paths.data("lexicons", "themes.yml")).groups


def test_groups_whose_words_changed_have_two_words_and_a_reason(lexicon):
    renamed = [group for group in lexicon.groups.values() if group.renamed]
    assert {"legal_office", "legality_review", "lists_of_powers"} <= {g.id for g in renamed}
    assert all(len(group.terms) > 1 and group.note for group in renamed)
