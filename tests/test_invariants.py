"""The seven invariants of the house (ARCHITECTURE.md), each as a test."""

import ast
import json
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from govlaw import paths
from govlaw.facts.definitions import check_definitions
from govlaw.tables import TABLES
from govlaw.text.folding import fold

PACKAGE = paths.home() / "govlaw"
NOTEBOOKS = sorted(paths.notebooks().glob("*.ipynb"))
FLOOR = (
    "errors", "paths", "printing", "document", "tables", "knowledge", "lexicon", "framework",
    "indicator",
)  # fmt: skip
# What each room may import besides itself and the floor.
DOORS = {
    "text": set(), "facts": {"text"}, "stats": set(),
    "engine": {"text", "facts", "stats"}, "pages": {"engine", "stats", "text", "facts"},
}  # fmt: skip


def test_1_the_quote_is_the_text(tables):
    texts = dict(zip(tables.texts["doc_id"], tables.texts["text"], strict=True))
    for frame, column in [
        (tables.observations, "quote"), (tables.quantities, "text"), (tables.sentences, "text"),
    ]:  # fmt: skip
        assert len(frame) > 0
        for row in frame.itertuples():
            assert texts[row.doc_id][row.start : row.end] == getattr(row, column)


def test_1_mentions_and_overlaps_point_at_what_they_say(tables):
    texts = dict(zip(tables.texts["doc_id"], tables.texts["text"], strict=True))
    assert len(tables.mentions) > 100
    for row in tables.mentions.itertuples():
        assert fold(texts[row.doc_id][row.start : row.end]) == fold(row.term)


def test_2_folding_keeps_length_and_the_comma():
    everything = "".join(chr(code) for code in range(0x20, 0xFFFF) if not 0xD800 <= code < 0xE000)
    assert len(fold(everything)) == len(everything)
    assert fold("1，234,㎡①½…") == "1，234,㎡①½…"


def test_3_tables_keep_their_contracts(tables):
    for field in fields(tables):
        frame = getattr(tables, field.name)
        contract = TABLES[field.name]
        assert list(frame.columns) == [column.name for column in contract.columns]
        assert not frame.duplicated(list(contract.key)).any(), field.name


def test_4_indicators_keep_their_examples_and_rejects():
    errors = [str(problem) for problem in check_definitions() if problem.is_error]
    assert errors == []


def imports_of(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("govlaw"):
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name.split(".")[1] for name in found if "." in name}


@pytest.mark.parametrize("room", DOORS)
def test_5_doors_open_one_way(room):
    allowed = DOORS[room] | {room, *FLOOR}
    for file in (PACKAGE / room).rglob("*.py"):
        assert imports_of(file) <= allowed, file.name


def test_5_the_floor_stands_on_nothing():
    for number, name in enumerate(FLOOR):
        assert imports_of(PACKAGE / f"{name}.py") <= {*FLOOR} - {name}, (number, name)


def test_5_importing_reads_no_file():
    script = (
        "import builtins, io, pathlib, sys\n"
        "import pandas, sklearn, jieba, yaml, pydantic, pyarrow.parquet, matplotlib, tqdm.auto\n"
        "opened = []\n"
        "def watch(event, args):\n"
        "    if event == 'open' and '/data/' in str(args[0]).replace(chr(92), '/'):\n"
        "        opened.append(args[0])\n"
        "sys.addaudithook(watch)\n"
        "import govlaw\n"
        "[getattr(govlaw, name) for name in govlaw.__all__]\n"
        "home = str(pathlib.Path(govlaw.__file__).parents[1])\n"
        "print([str(o) for o in opened if str(o).startswith(home + '/data')])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_6_notebooks_are_thin(file):
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert not any(cell["outputs"] or cell["execution_count"] for cell in code)
    assert not any("def " in "".join(cell["source"]) for cell in code)
    parameters = [c for c in code if "parameters" in c["metadata"].get("tags", [])]
    assert len(parameters) == 1
    for statement in ast.parse("".join(parameters[0]["source"])).body:
        assert isinstance(statement, ast.AnnAssign), "annotated assignments only"
        ast.literal_eval(statement.value)


def test_6_there_are_six_notebooks_and_a_start_page():
    assert [file.stem for file in NOTEBOOKS] == [
        "00_start", "01_corpus", "02_topics", "03_trends", "04_indicators", "05_compliance",
        "06_quality",
    ]  # fmt: skip


def test_6_parameter_files_set_only_declared_names():
    declared = {}
    for file in NOTEBOOKS:
        for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
            if "parameters" in cell["metadata"].get("tags", []):
                tree = ast.parse("".join(cell["source"])).body
                declared[file.stem] = {statement.target.id for statement in tree}
    for file in (paths.notebooks() / "params").glob("*.yml"):
        for notebook, values in (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).items():
            assert set(values or {}) <= declared[notebook], (file.name, notebook)


def test_7_the_ledger_adds_up(tables):
    ledger = tables.ledger
    assert len(ledger) == len(list(paths.seeds().iterdir()))
    assert (ledger["status"] == "accepted").sum() == len(tables.documents)
    marked = tables.marks.assign(n=tables.marks["end"] - tables.marks["start"])
    marked = marked.groupby("doc_id")["n"].sum()
    for row in ledger.itertuples():
        assert row.n_chars_raw == row.n_chars_kept + marked.get(row.doc_id, 0)


def test_functions_stay_readable():
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                assert node.end_lineno - node.lineno <= 50, f"{file.name}:{node.name}"


def test_the_architecture_names_every_module():
    text = (paths.home() / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(re.findall(r"[a-z_]+", text))
    modules = {file.stem for file in PACKAGE.rglob("*.py")} - {"__init__", "__main__"}
    assert modules - named == set()
