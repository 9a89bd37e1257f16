"""From a mishap to one message: where it happened, what happened, what to do next."""

from __future__ import annotations

from pathlib import Path


class GovlawError(Exception):
    """A problem the user can solve, told in one message.

    >>> str(GovlawError("data/checks.yml:3", "unknown key 'idd'", "did you mean 'id'?"))
    "data/checks.yml:3: unknown key 'idd'. did you mean 'id'?"
    """

    def __init__(self, where: str | Path, what: str, next_step: str) -> None:
        self.where, self.what, self.next_step = str(where), what, next_step
        super().__init__(f"{self.where}: {what}. {next_step}")

    def __reduce__(self) -> tuple[type, tuple[str, str, str]]:
        # Worker processes send errors home by pickle; the default would lose two of three parts.
        return type(self), (self.where, self.what, self.next_step)


class InputError(GovlawError):
    """A folder or file that cannot be read as asked."""


class DefinitionError(GovlawError):
    """A file under data/ that says something the program cannot follow."""


class ParameterError(GovlawError):
    """A notebook parameter that is not declared or has the wrong type."""


class OutputError(GovlawError):
    """A place that cannot be written."""
