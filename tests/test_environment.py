"""environment.yml, pyproject.toml and constraints.txt say the same."""

import re
import tomllib

import yaml
from packaging.requirements import Requirement
from packaging.version import Version

from govlaw import environment, paths

# conda-forge splits some packages: the part without the extras has a name of its own.
CONDA_NAMES = {"matplotlib-base": "matplotlib", "nbconvert-core": "nbconvert"}
NAMED = {"pandas", "jupyterlab", "matplotlib", "jieba", "scikit-learn", "papermill"}


def project():
    text = (paths.home() / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["project"]


def pins():
    lines = (paths.home() / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.lower().replace("_", "-").split("==") for line in lines if "==" in line)


def test_environment_and_project_agree():
    conda = yaml.safe_load((paths.home() / "environment.yml").read_text(encoding="utf-8"))
    assert conda["channels"] == ["conda-forge"]
    listed = [Requirement(entry) for entry in conda["dependencies"] if isinstance(entry, str)]
    bounds = {CONDA_NAMES.get(r.name, r.name): str(r.specifier) for r in listed}
    assert bounds.pop("python") == project()["requires-python"]
    assert bounds.pop("pip") == ""
    wanted = {Requirement(e).name: str(Requirement(e).specifier) for e in project()["dependencies"]}
    by_pip = next(entry["pip"] for entry in conda["dependencies"] if isinstance(entry, dict))
    assert by_pip[-1] == "-e ."
    bounds |= {Requirement(e).name: str(Requirement(e).specifier) for e in by_pip[:-1]}
    assert bounds == wanted


def test_constraints_hold_exact_versions_within_bounds_and_no_address():
    text = (paths.home() / "constraints.txt").read_text(encoding="utf-8")
    assert re.fullmatch(r"(?:[\w.-]+==[\w.!+-]+\n)+", text)
    for entry in project()["dependencies"]:
        requirement = Requirement(entry)
        pinned = pins()[requirement.name.lower().replace("_", "-")]
        assert requirement.specifier.contains(Version(pinned)), entry


def test_the_six_named_packages_are_used():
    used = "\n".join(
        file.read_text(encoding="utf-8")
        for folder in ("govlaw", "notebooks")
        for file in (paths.home() / folder).rglob("*")
        if file.suffix in {".py", ".ipynb"}
    )
    assert {Requirement(e).name for e in project()["dependencies"]} >= NAMED
    for module in ("pandas", "jupyterlab", "matplotlib", "jieba", "sklearn", "papermill"):
        assert re.search(rf"(?:import|from|-m.,? ?.) ?{module}", used), module


def test_missing_packages_are_noticed(monkeypatch):
    assert environment.missing_packages() == []
    monkeypatch.setattr(environment, "_is_installed", lambda name: name != "jieba")
    assert environment.missing_packages() == ["jieba"]
    assert not environment.is_ready()


def test_make_targets_are_thin_lines():
    text = (paths.home() / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+): +##", text, re.M)
    wanted = {"help", "env", "lab", "tables", "report", "check", "lint", "test", "bench", "clean"}
    assert wanted <= set(targets)
    for target in set(targets) - {"help"}:
        lines = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", text, re.M)[1].splitlines()
        assert len(lines) == 1 and "$(GOVLAW)" in lines[0], target
