"""500 mutated files of each format: none uncaught, each with its row."""

from __future__ import annotations

import pytest

from tests.fuzz import BASES, run


@pytest.mark.parametrize("kind", BASES)
def test_mutated_files_never_get_through_uncaught(kind, tmp_path):
    outcomes = run(kind, 500, tmp_path)
    assert sum(outcomes.values()) == 500
    assert not [outcome for outcome in outcomes if outcome.startswith("FAULT")], outcomes
    assert outcomes["accepted"] > 20, outcomes
