"""From a corpus to a finished edition of the report, put in place only when it is whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from govlaw import paths
from govlaw.engine.locks import locked
from govlaw.engine.runner import build_tables
from govlaw.engine.staging import recover, staged
from govlaw.errors import InputError, ParameterError
from govlaw.pages.site import build_site
from govlaw.text.corpus import document_id


@dataclass(frozen=True, slots=True)
class Edition:
    """A finished edition: its front page, and the notebooks that failed with cell and message."""

    index: Path
    failed: tuple[str, ...]


def make_edition(
    corpus: Path | None = None, name: str | None = None, *, lang: str = "zh", strict: bool = False
) -> Edition:
    """Read a corpus, run the notebooks and write ``reports/<name>``.

    Without a name the seeds give ``default`` and any other folder an edition of its own name.
    An earlier edition of that name stays as it was unless the new one was written completely.
    A failing notebook is named in ``failed``; the other pages are made all the same. With
    ``strict`` a rejected file is an ``InputError``; while another run makes the same edition, this
    one is refused with ``BusyError``.
    """
    is_default = corpus is None or corpus.resolve() == paths.seeds().resolve()
    if name is None:
        name = (
            "default" if is_default or corpus is None else document_id(Path(corpus.resolve().name))
        )
    if not re.fullmatch(r"[\w\u4e00-\u9fff][\w.\u4e00-\u9fff-]{0,63}", name):
        what = f"版本名 {name!r} 不能用作文件夹名"
        raise ParameterError("--edition", what, "只用文字、数字、- 和 _")
    if lang not in {"zh", "en"}:
        raise ParameterError("--lang", f"不认识 {lang!r}", "用 zh 或 en")
    if name == "default" and not is_default:
        what = "default 版本只用于 seeds"
        raise InputError("--edition", what, "为自己的文件夹起一个版本名,例如 --edition 2021")
    tables_dir = paths.tables() if name == "default" else paths.home() / "build" / name / "tables"
    out = paths.reports() / name
    with locked(out.with_name(f".{name}.lock"), out):
        recover(out)
        build_tables(corpus, tables_dir, strict=strict)
        with staged(out, is_ours=True) as stage:
            result = build_site(tables_dir, stage, edition=name, lang=lang)
    return Edition(out / "index.html", tuple(str(failure) for failure in result.failed))
