"""From what became of each file to what the user sees: a bar, or plain lines without a terminal."""

from __future__ import annotations

import sys
from types import TracebackType

from tqdm.auto import tqdm

from govlaw.engine.ledger import Entry

_MANY, _LINE_EVERY = 20, 100  # files before a bar is worth it; files between plain lines


class Progress:
    """Hears of every file that is done, names it, and says at once which was rejected."""

    def __init__(self, n_files: int) -> None:
        self._n_files, self._n_done = n_files, 0
        self._shows_bar = sys.stderr.isatty() or "ipykernel" in sys.modules
        is_quiet = n_files < _MANY or not self._shows_bar
        self._bar = tqdm(total=n_files, desc="读取", unit="篇", disable=is_quiet)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._bar.close()

    def tell(self, entry: Entry | None) -> None:
        """One file is done; None for one whose tables were made again."""
        self._n_done += 1
        name = entry.path if entry else ""
        self._bar.set_postfix_str(name[-30:], refresh=False)
        self._bar.update()
        if entry and entry.status == "rejected":
            tqdm.write(f"拒收 {entry.path}: {entry.message} ({entry.hint})", file=sys.stderr)
        if self._n_done % _LINE_EVERY == 0 and not self._shows_bar:
            print(f"读取 {self._n_done} / {self._n_files} {name}", file=sys.stderr)
