"""From an executed notebook to a page in the project's own nbconvert template."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from markupsafe import Markup
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import markdown2html_mistune
from nbformat import NotebookNode

from govlaw.pages.frames import TEMPLATE, Shelf
from govlaw.pages.notebooks import INJECTED, Run
from govlaw.pages.parts import parted
from govlaw.pages.words import Said, plain

Toc: TypeAlias = list[tuple[str, str, int]]
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


def export_pages(exporter: PageExporter, run: Run, shelf: Shelf) -> dict[str, str]:
    """The HTML of one executed notebook by address, the lighter notebooks on one page.

    All pages carry the contents of the whole notebook at their side.
    """
    shown = parted([c for c in run.notebook.cells if not _is_hidden(c)])
    addresses = [f"{run.name}{f'-{n}' if n > 1 else ''}.html" for n in range(1, len(shown) + 1)]
    title, made = title_of(run.notebook, run.name), {}
    whole: Toc = []
    contents = [_written(cells, shelf.lang, whole) for cells in shown]
    for at, cells in enumerate(shown):
        if at:
            cells.insert(0, _title_again(title, at + 1, len(shown), shelf.lang))
        toc = [
            (f"{'' if other == at else addresses[other]}#{id}", words, level)
            for other, inside in enumerate(contents) for id, words, level in inside
        ]  # fmt: skip
        pager = _neighbours(addresses, contents, at) if len(shown) > 1 else ()
        frame = shelf.frame(addresses[at], title, toc=toc, kind="study", pager=pager)
        page = NotebookNode({**run.notebook, "cells": cells})  # type: ignore[no-untyped-call]
        made[addresses[at]], _ = exporter.from_notebook_node(
            page, {"frame": frame, "metadata": {"name": run.name}}
        )
    return made


def _written(cells: Sequence[Any], lang: str, toc: Toc) -> Toc:
    """The headings of the cells of one page; their Markdown becomes HTML on the way."""
    before = len(toc)
    for cell in cells:
        if cell.cell_type == "markdown":
            cell.metadata["html"] = markdown_html(cell.source, lang, toc)
    return toc[before:]


def _title_again(title: Said, number: int, n_all: int, lang: str) -> Any:
    words = Said(f"{title.zh}（{number} / {n_all}）", f"{title.en} ({number} of {n_all})")
    html = str(Markup("<h1>{}</h1>").format(words.html(lang)))
    made = {"cell_type": "markdown", "id": "title", "source": "", "metadata": {"html": html}}
    return NotebookNode(made)  # type: ignore[no-untyped-call]


def _neighbours(
    addresses: Sequence[str], contents: Sequence[Toc], at: int
) -> list[tuple[str, Said]]:
    """The pages before and after, called by the first section on them."""
    found = []
    for other, mark in ((at - 1, "← {}"), (at + 1, "{} →")):
        if 0 <= other < len(addresses):
            words = contents[other][0][1] if contents[other] else addresses[other]
            found.append((addresses[other], plain(mark.format(words))))
    return found


def _is_hidden(cell: Any) -> bool:
    # The injected values hold paths of this machine; the front page lists what was set.
    return INJECTED in cell.metadata.get("tags", [])


def markdown_html(source: str, lang: str, toc: Toc) -> str:
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


def _heading(level: int, said: Said, lang: str, toc: Toc) -> str:
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


def write_pages(exporter: PageExporter, run: Run, shelf: Shelf) -> list[str]:
    """Export one notebook into the edition; the addresses of its pages."""
    made = export_pages(exporter, run, shelf)
    for address, html in made.items():
        shelf.write(address, html)
    return list(made)
