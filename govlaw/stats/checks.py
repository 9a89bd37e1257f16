"""From observations, quantities and sentences to verdicts: what in a report can be tested."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

import pandas as pd

from govlaw.indicator import load_indicators
from govlaw.stats import bounds, comparisons, dates, shares
from govlaw.stats.balances import find_balances
from govlaw.stats.figures import Line, read_lines
from govlaw.stats.findings import Finding, number, verdict_row
from govlaw.stats.growth import find_differences, find_growth
from govlaw.stats.judgements import Judgement, judge
from govlaw.stats.lists import find_lists
from govlaw.stats.partitions import find_partitions
from govlaw.stats.parts import Partition
from govlaw.stats.rules import Probe, Rules, load_rules
from govlaw.tables import TABLES


def check(
    observations: pd.DataFrame,
    quantities: pd.DataFrame,
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    rules: Path | Rules | None = None,
    names: Mapping[str, str] | None = None,
    external: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every verdict of every rule, one row each, in the order of documents and rules.

    ``rules`` is a file like ``data/checks.yml``; ``names`` gives indicator ids their Chinese
    names; ``external`` is another source to compare with (ref_area, year, indicator, value,
    source). Returns the verdicts table: ``obs_ids`` holds ids of observations, quantities or
    sentences, separated by blanks. Only what the arithmetic forbids under every reading is an
    ``error``; a doubt is ``not_testable`` and accuses nobody.
    """
    loaded = rules if isinstance(rules, Rules) else load_rules(rules)
    if names is None:
        names = {k: v.name_zh for k, v in load_indicators().items()} if len(observations) else {}
    checker = _Checker(observations, quantities, documents, sentences, loaded, names, external)
    rows = pd.DataFrame(list(checker.rows()), columns=[c.name for c in TABLES["verdicts"].columns])
    rows = rows.drop_duplicates(["doc_id", "check_id", "obs_ids"], ignore_index=True)
    order = {doc_id: place for place, doc_id in enumerate(documents["doc_id"])}
    places = rows["doc_id"].map(order).astype("Float64")
    return TABLES["verdicts"].conform(rows.loc[places.sort_values(kind="stable").index])


class _Checker:
    """Holds the tables while the rules ask them."""

    def __init__(
        self, observations: pd.DataFrame, quantities: pd.DataFrame, documents: pd.DataFrame,
        sentences: pd.DataFrame, rules: Rules, names: Mapping[str, str],
        external: pd.DataFrame | None,
    ) -> None:  # fmt: skip
        self.observations, self.documents, self.rules = observations, documents, rules
        self.quantities, self.sentences = quantities, sentences
        self.names, self.external = names, external
        self.words = rules.vocabulary
        self.claimed: set[int] = set()

    def rows(self) -> Iterator[dict[str, str]]:
        for rule in self.rules.checks.values():
            for test in rule.tests:
                for finding in _KINDS[test.kind](self, test):
                    yield verdict_row(finding, rule, test, self.rules)

    @cached_property
    def lines(self) -> list[Line]:
        return read_lines(self.sentences, self.quantities)

    @cached_property
    def values(self) -> bounds.Values:
        return bounds.Values(self.observations, self.sentences, self.names)

    @cached_property
    def partitions(self) -> list[tuple[Partition, Judgement]]:
        found: dict[tuple[str, str, str], tuple[Partition, Judgement]] = {}
        for partition in find_partitions(self.lines, self.words):
            parts = " ".join(sorted(figure.id for figure in partition.figures))
            key = (partition.line.doc_id, partition.total.id, parts)
            found.setdefault(key, (partition, judge(partition, self.words)))
        return list(found.values())

    def parts(self, test: Probe) -> Iterator[Finding]:
        """The partitions this rule answers for; the first rule whose words fit takes one."""
        whole, part = ("|".join(ids) for ids in (test.whole_ids, test.part_ids))
        for place, (found, judgement) in enumerate(self.partitions):
            fits = re.search(whole, found.head) and any(re.search(part, x) for x in found.labels)
            if place not in self.claimed and fits:
                self.claimed.add(place)
                yield _partition_finding(found, judgement)

    def pattern(self, test: Probe) -> Iterator[Finding]:
        """A pattern the rule spells out, wherever a sentence holds it."""
        pattern = re.compile(test.pattern)
        for line in self.lines:
            for found in pattern.finditer(line.text):
                ids = [
                    f.id for f in line.figures if f.start < found.end() and found.start() < f.end
                ]
                claim = line.text[max(0, found.start() - 12) : found.end() + 8]
                yield Finding(
                    line.doc_id, test.verdict, tuple(ids) or (line.sentence_id,), {"claim": claim}
                )


_RELATIONS = {"equal": "等于", "rounding": "约等于", "less": "大于", "more": "小于"}


def _partition_finding(found: Partition, judgement: Judgement) -> Finding:
    parts = "、".join(f"「{phrase}」" for phrase in found.phrases())
    fields: dict[str, object] = {
        "whole": found.whole_line.phrase(found.whole), "parts": parts, "unit": found.total.unit,
        "sum": number(judgement.sum.total), "gap": number(abs(judgement.sum.gap)),
        "note": judgement.note, "relation": _RELATIONS[judgement.sum.agreement],
    }  # fmt: skip
    ids = (found.total.id, *(figure.id for figure in found.figures))
    return Finding(found.line.doc_id, judgement.verdict, ids, fields, judgement.severity)


_KINDS: dict[str, Callable[[_Checker, Probe], Iterator[Finding]]] = {
    "parts": lambda c, test: c.parts(test),
    "pattern": lambda c, test: c.pattern(test),
    "balance": lambda c, test: find_balances(c.lines, c.words),
    "growth": lambda c, test: find_growth(c.lines, c.words),
    "difference": lambda c, test: find_differences(c.lines, c.words),
    "share": lambda c, test: shares.find_shares(c.lines, c.words),
    "implied_base": lambda c, test: shares.find_implied_bases(c.lines, test),
    "limits": lambda c, test: shares.find_excesses(c.lines, test),
    "list": lambda c, test: find_lists(c.lines),
    "bound": lambda c, test: bounds.check_bounds(test, c.values, c.words),
    "sum": lambda c, test: bounds.check_sums(test, c.values, c.words),
    "rate": lambda c, test: bounds.check_rates(test, c.values, c.words),
    "two_values": lambda c, test: comparisons.check_two_values(c.values),
    "panel": lambda c, test: comparisons.check_panel(test, c.observations, c.names),
    "external": lambda c, test: comparisons.check_external(c.external, c.observations, c.names),
    "signed": lambda c, test: dates.check_signed(c.documents),
    "years": lambda c, test: dates.check_years(c.documents),
    "announced": lambda c, test: dates.check_announced(c.lines, c.documents),
}
