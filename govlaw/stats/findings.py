"""From what a test found to a row of verdicts: ids and the fields its reading is filled with."""

from __future__ import annotations

from dataclasses import dataclass, field

from govlaw.stats.rules import Probe, Rule, Rules, Severity, Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer of one test; ``fields`` fill the reading."""

    doc_id: str
    verdict: Verdict
    ids: tuple[str, ...]
    fields: dict[str, object] = field(default_factory=dict)
    severity: Severity | None = None


def number(value: float) -> str:
    """A number as people write it.

    >>> number(507500.0), number(98.3050847)
    ('507500', '98.31')
    """
    return f"{value:.0f}" if value == int(value) else f"{value:.2f}".rstrip("0").rstrip(".")


def verdict_row(finding: Finding, rule: Rule, test: Probe, rules: Rules) -> dict[str, str]:
    """A row of the verdicts table, its reading in words."""
    template = rules.readings[test.kind][finding.verdict]
    fields = {"note": "", **finding.fields}
    shown = {k: number(v) if isinstance(v, float) else v for k, v in fields.items()}
    return {
        "doc_id": finding.doc_id,
        "check_id": rule.id,
        "verdict": finding.verdict,
        "severity": finding.severity or _severity(finding, rule, test),
        "reading": template.format(**shown),
        # what rests on the register alone rests on the document
        "obs_ids": " ".join(dict.fromkeys(finding.ids)) or finding.doc_id,
    }


def _severity(finding: Finding, rule: Rule, test: Probe) -> Severity:
    if finding.verdict == "fail":
        return test.severity or rule.severity
    return test.severity or "info"
