"""From the place of this file to the places people and machines write.

People write ``seeds/`` and ``data/``; machines write ``build/`` and ``reports/``.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path


def home() -> Path:
    """The study folder: ``GOVLAW_HOME`` if set, else the folder that holds this package."""
    told = os.environ.get("GOVLAW_HOME")
    return Path(told) if told else _around_package()


@cache
def _around_package() -> Path:
    return Path(__file__).resolve().parents[1]


def data(*parts: str) -> Path:
    """A place under ``data/``, the knowledge people write."""
    return home().joinpath("data", *parts)


def seeds() -> Path:
    """The five documents the study starts from."""
    return home() / "seeds"


def tables() -> Path:
    """Where the tables of the default study are written."""
    return home() / "build" / "tables"


def notebooks() -> Path:
    """The notebooks of the study."""
    return home() / "notebooks"


def reports() -> Path:
    """Where every edition of the report is written."""
    return home() / "reports"
