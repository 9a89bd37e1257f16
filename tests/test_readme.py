"""What the README shows is what happens."""

import re

from govlaw import paths


def blocks(language: str) -> list[str]:
    text = (paths.home() / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.S)


def test_the_four_lines_run(tables_dir, monkeypatch, capsys):
    monkeypatch.setattr(paths, "tables", lambda: tables_dir)
    lines = blocks("python")[0].strip().splitlines()
    assert len([line for line in lines if line and not line.startswith("import")]) == 4
    names: dict[str, object] = {}
    for line in filter(None, lines):
        code = line.partition("  #")[0]
        exec(code, names) if "=" in code or code.startswith("import") else print(eval(code, names))  # noqa: S102, S307
    assert "行政复议" in capsys.readouterr().out


def test_the_picture_exists():
    text = (paths.home() / "README.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text)
    assert pictures and all((paths.home() / picture).exists() for picture in pictures)


def test_every_command_of_the_readme_exists():
    from typer.main import get_command

    from govlaw.commands import app

    text = (paths.home() / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"python -m govlaw ([a-z]+)", text))
    assert named and named <= set(get_command(app).commands)
