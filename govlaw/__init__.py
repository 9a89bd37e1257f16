"""govlaw: what counties and districts report about law-based government, number by number.

Importing the package reads no file and loads no library; a name is fetched when it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govlaw.document import Document
    from govlaw.engine.evidence import trace
    from govlaw.engine.runner import build_tables, read_corpus
    from govlaw.engine.store import load_tables
    from govlaw.facts.concordance import kwic
    from govlaw.facts.observations import extract
    from govlaw.facts.overlap import overlap
    from govlaw.facts.quantities import quantities
    from govlaw.indicator import load_indicators
    from govlaw.lexicon import load_lexicon
    from govlaw.stats.checks import check
    from govlaw.stats.indicators import indicator_table
    from govlaw.stats.terms import tf_idf
    from govlaw.stats.trends import keyword_trend
    from govlaw.text.corpus import Corpus

__all__ = [
    "Corpus",
    "Document",
    "build_tables",
    "check",
    "extract",
    "indicator_table",
    "keyword_trend",
    "kwic",
    "load_indicators",
    "load_lexicon",
    "load_tables",
    "overlap",
    "quantities",
    "read_corpus",
    "tf_idf",
    "trace",
]
__version__ = "0.1.0"

_HOMES = {
    "Corpus": "text.corpus",
    "Document": "document",
    "build_tables": "engine.runner",
    "check": "stats.checks",
    "extract": "facts.observations",
    "indicator_table": "stats.indicators",
    "keyword_trend": "stats.trends",
    "kwic": "facts.concordance",
    "load_indicators": "indicator",
    "load_lexicon": "lexicon",
    "load_tables": "engine.store",
    "overlap": "facts.overlap",
    "quantities": "facts.quantities",
    "read_corpus": "engine.runner",
    "tf_idf": "stats.terms",
    "trace": "engine.evidence",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'govlaw' has no attribute {name!r}")
    return getattr(import_module(f"govlaw.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
