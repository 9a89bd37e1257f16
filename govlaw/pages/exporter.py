"""From an executed notebook to a page in the project's own nbconvert template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from govlaw.pages.frames import TEMPLATE, Frame, Shelf
from govlaw.pages.notebooks import INJECTED, Run
from govlaw.pages.words import Said, plain

_HEADING = re.compile(r"^(#{1,3}) +(.{1,200})$")
_PAIR = re.compile(
    r"<p>((?:(?!</p>).){1,4000})</p>\s{0,4}<blockquote>\s{0,4}<p>((?:(?!</p>).){1,4000})</p>"
    r"\s{0,4}</blockquote>",
    re.DOTALL,
)


class PageExporter(HTMLExporter):
    """nbconvert's HTML exporter without its second pass.

    That pass parses the finished page again to add alternative texts and focus, which our
    template already has; it takes seconds on a page with drawings.
    """

    def __init__(self) -> None:
        super().__init__(  # type: ignore[no-untyped-call]
            template_name=TEMPLATE.name, extra_template_basedirs=[str(TEMPLATE.parent)]
        )

    def from_notebook_node(
        self, nb: Any, resources: Mapping[str, Any] | None = None, **more: Any
    ) -> Any:
        """The page of an executed notebook."""
        coloured: Any = Highlight2HTML
        register: Any = self.register_filter
        register("highlight_code", coloured(pygments_lexer="python", parent=self))
        page: Any = TemplateExporter.from_notebook_node(self, nb, dict(resources or {}), **more)
        return page


def title_of(notebook: Any, name: str) -> Said:
    """The first heading of a notebook, written ``# 语料 | Corpus``."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for line in cell.source.splitlines():
                match = _HEADING.match(line)
                if match:
                    return split_heading(match[2])
    return plain(name)


def split_heading(words: str) -> Said:
    """Both languages of a heading.

    >>> split_heading("年度走势 | Trends").en
    'Trends'
    """
    zh, _, en = words.partition(" | ")
    return Said(zh.strip(), en.strip() or zh.strip())


def export_page(exporter: PageExporter, run: Run, shelf: Shelf) -> str:
    """The HTML of one executed notebook."""
    notebook, lang = run.notebook, shelf.lang
    toc: list[tuple[str, str, int]] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.metadata["html"] = markdown_html(cell.source, lang, toc)
    notebook.cells = [c for c in notebook.cells if not _is_hidden(c)]
    frame: Frame = shelf.frame(
        f"{run.name}.html", title_of(notebook, run.name), toc=toc, kind="study"
    )
    html: str
    html, _ = exporter.from_notebook_node(
        notebook, {"frame": frame, "metadata": {"name": run.name}}
    )
    return html


def _is_hidden(cell: Any) -> bool:
    # The injected values hold paths of this machine; the front page lists what was set.
    return INJECTED in cell.metadata.get("tags", [])


def markdown_html(source: str, lang: str, toc: list[tuple[str, str, int]]) -> str:
    """Markdown of a notebook, both languages in the reader's order; headings go into ``toc``.

    A heading is written ``## 中文 | English``; a quotation after a paragraph is its translation.

    >>> toc = []
    >>> print(markdown_html("## 走势 | Trends", "zh", toc).split(">")[0], toc)
    <h2 id="s1" [('s1', '走势', 2)]
    """
    parts: list[str] = []
    block: list[str] = []
    for line in source.splitlines():
        match = _HEADING.match(line)
        if match:
            parts.append(_prose("\n".join(block), lang))
            block = []
            parts.append(_heading(len(match[1]), split_heading(match[2]), lang, toc))
        else:
            block.append(line)
    parts.append(_prose("\n".join(block), lang))
    return "\n".join(part for part in parts if part)


def _heading(level: int, said: Said, lang: str, toc: list[tuple[str, str, int]]) -> str:
    if level == 1:
        return str(Markup("<h1>{}</h1>").format(said.html(lang)))
    number = f"s{len(toc) + 1}"
    toc.append((number, said.first(lang), level))
    return str(Markup('<h{0} id="{1}">{2}</h{0}>').format(level, number, said.html(lang)))


def _prose(source: str, lang: str) -> str:
    if not source.strip():
        return ""
    html: str = markdown2html_mistune(source)
    order = (2, 1) if lang == "en" else (1, 2)
    first, second = ("en", "zh-CN") if lang == "en" else ("zh-CN", "en")
    return _PAIR.sub(
        lambda m: (
            f'<p lang="{first}">{m[order[0]]}</p>\n'
            f'<p class="other" lang="{second}">{m[order[1]]}</p>'
        ),
        html,
    )


def write_page(exporter: PageExporter, run: Run, shelf: Shelf) -> Path:
    """Export one notebook into the edition."""
    address = f"{run.name}.html"
    shelf.write(address, export_page(exporter, run, shelf))
    return shelf.out / address
