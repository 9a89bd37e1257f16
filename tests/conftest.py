"""What all tests share: the seeds read once, and their tables built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from govlaw import paths
from govlaw.engine.runner import build_tables, read_corpus
from govlaw.engine.store import Tables
from govlaw.text.corpus import Corpus


@pytest.fixture(scope="session")
def seeds() -> Corpus:
    """The five seeds as Documents."""
    return read_corpus(paths.seeds())


@pytest.fixture(scope="session")
def tables_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tables of the seeds."""
    folder = tmp_path_factory.mktemp("study") / "tables"
    build_tables(paths.seeds(), folder)
    return folder


@pytest.fixture(scope="session")
def tables(tables_dir: Path) -> Tables:
    """The tables of the seeds."""
    from govlaw.engine.store import load_tables

    return load_tables(tables_dir)
