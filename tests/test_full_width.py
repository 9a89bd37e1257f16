"""Full-width digits and punctuation change nothing: the same report gives the same numbers."""

from pathlib import Path

import pytest

from govlaw import paths
from govlaw.engine.mapping import map_document, rows_of
from govlaw.text.corpus import to_document
from govlaw.text.readers import read_file

PUNCTUATION = str.maketrans(",;:()?!%", "，；：（）？！％")
DIGITS = str.maketrans("0123456789.", "０１２３４５６７８９．")
SEEDS = sorted(paths.seeds().glob("*.txt"))


def rows(seed: Path, table: dict[int, str]) -> dict[str, list[tuple[object, ...]]]:
    from dataclasses import replace

    reading = read_file(seed)
    mapped = map_document(
        to_document(replace(reading, text=reading.text.translate(table)), Path("x"))
    )
    keys = {
        "quantities": ("value", "value_high", "unit", "bound", "kind", "modality", "time_period",
                       "start", "end"),
        "observations": ("indicator", "obs_value", "unit_measure", "status", "modality", "start",
                         "end"),
    }  # fmt: skip
    found = {
        name: [tuple(row[key] for key in columns) for row in rows_of(mapped[name])]
        for name, columns in keys.items()
    }
    found["register"] = [
        tuple(
            mapped["documents"][key][0] for key in ("ref_area", "year", "doc_type", "date_signed")
        )
    ]
    return found


@pytest.mark.parametrize(
    "table", [PUNCTUATION, DIGITS, PUNCTUATION | DIGITS], ids=["punctuation", "digits", "both"]
)
@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.stem[:3])
def test_a_full_width_report_says_the_same(seed, table):
    assert rows(seed, table) == rows(seed, {})
