"""Draw the sentences that are coded by hand: ``python scripts/draw_codes_sample.py [--pass 2]``.

24 sentences of each seed, a fixed seed for the draw, and another order for the second pass, so that
the second coding does not follow the first. Prints a sheet; codes are written to
``data/gold/codes_pass1.csv`` and ``codes_pass2.csv`` by hand.
"""

from __future__ import annotations

import argparse
import random
import sys

from govlaw import paths
from govlaw.engine.runner import read_corpus

_EACH = 24
_DRAW, _ORDER = 20_151_227, 20_210_811  # the days of the two outlines


def draw(number: int) -> list[tuple[str, str, int, int, str]]:
    """The sheet of a pass: sentence id, heading above it, start, end, sentence."""
    sheet = []
    for document in read_corpus(paths.seeds()):
        headings = {section.number: section.heading for section in document.sections}
        body = [sentence for sentence in document.sentences if sentence.role != "noise"]
        chosen = random.Random(f"{_DRAW}:{document.doc_id}").sample(body, _EACH)
        for sentence in sorted(chosen, key=lambda sentence: sentence.span.start):
            heading = headings.get(sentence.section, "")
            sheet.append((sentence.sentence_id, heading, *sentence.span, sentence.text))
    if number == 2:
        random.Random(_ORDER).shuffle(sheet)
    return sheet


def main() -> None:
    """Print the sheet of a pass, one sentence a line, fields divided by tabs."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pass", dest="number", type=int, choices=(1, 2), default=1)
    for row in draw(arguments.parse_args().number):
        sys.stdout.write("\t".join(str(cell).replace("\n", " ") for cell in row) + "\n")


if __name__ == "__main__":
    main()
