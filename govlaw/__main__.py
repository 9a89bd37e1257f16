"""From ``python -m govlaw …`` to the command: in this interpreter, or in ``.venv`` made for it."""

from __future__ import annotations

import sys

from govlaw import environment


def main() -> None:
    """Run the command line; without the needed packages, make ``.venv`` first and run there."""
    if environment.is_ready():
        from govlaw.commands import app

        app()
    else:
        sys.exit(environment.run_inside(sys.argv[1:]))


if __name__ == "__main__":
    main()
