"""A skill scale that somebody names: the words of a ladder, a range of numbers, or a file of points."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from growthsheet.errors import refusal
from growthsheet.sources.catalogs.from_table import TABLES
from growthsheet.sources.catalogs.grids import read_grids
from growthsheet.sources.catalogs.word_levels import LADDERS, Steps, ladder_steps, named_ladder, numbered_steps
from growthsheet.sources.catalogs.yaml12 import read_yaml
from growthsheet.storage.read_file import as_utf8, read_up_to
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import quote

MOST_SCALE_BYTES = 1_000_000
_RANGE = re.compile(r"\s*(\d{1,2})\s*(?:-|\u2013|\.\.|to)\s*(\d{1,2})\s*")


def given_scale(ladder: str | Sequence[str] | None, scale: str | os.PathLike[str] | None) -> Steps | None:
    """Return the scale that was named; None where none was.

    ``ladder``: the words for its levels, the lowest first, or the name of a known ladder ("dreyfus"); ``scale``: its
    lowest and highest level, or a file with a row for each point: value, label, what it means.

    >>> given_scale("Watched, Helped", None).points
    ((0, 'Not yet', ''), (1, 'Watched', ''), (2, 'Helped', ''))
    >>> given_scale(None, "1-3").points[-1]
    (3, 'Level 3', '')
    """
    if ladder and scale:
        raise refusal("two-scales", "--scale", "a scale and a ladder", "one of them", "leave one out")
    if ladder:
        words = named_ladder(ladder) if isinstance(ladder, str) else tuple(ladder)
        if not 1 <= len(words) <= 10:
            known = f"1 to 10 words with commas between them, the lowest first, or one of {', '.join(LADDERS)}"
            raise refusal("unknown-ladder", "--ladder", quote(ladder), known, "list the words")
        return ladder_steps(words)
    if not scale:
        return None
    if found := _RANGE.fullmatch(os.fspath(scale)):
        points = numbered_steps({}, int(found[2]), int(found[1])).points
    else:
        points = tuple(sorted(_in_file(Path(scale))))
    values = [value for value, _, _ in points]
    if not 2 <= len(set(values)) == len(values) <= 11:
        expected = "2 to 11 points, each with a whole number of its own: 0-7, or a file with value, label, meaning"
        raise refusal("bad-scale", os.fspath(scale), f"{len(points)} points", expected, "correct it")
    return Steps(points)


def _in_file(path: Path) -> Iterable[tuple[int, str, str]]:
    """The points in a file; rows that begin with no number, such as a header, are none."""
    rows: list[list[str]] = []
    if path.suffix.lower() in TABLES:
        rows = [list(cells) for grid in read_grids(path, ProblemList(path.name)) for _, cells in grid.rows]
    elif path.suffix.lower() in (".yaml", ".yml", ".json"):
        found = read_yaml(as_utf8(read_up_to(path, path.name, MOST_SCALE_BYTES), path.name), path.name).value
        if isinstance(found, Mapping) and isinstance(found.get("points"), list):
            found = found["points"]
        if isinstance(found, Mapping):
            rows = [[str(value), str(label)] for value, label in found.items()]
        elif isinstance(found, list):
            fields = ("value", "label", "anchor")
            rows = [[str(p.get(field) or "") for field in fields] for p in found if isinstance(p, Mapping)]
    else:
        raise refusal("unknown-ladder", "--scale", quote(str(path)), "a range such as 0-7, or a file", "correct it")
    for row in rows:
        number = next((n for n, cell in enumerate(row) if re.fullmatch(r"\d{1,3}", cell)), None)
        if number is not None:
            texts = [cell for n, cell in enumerate(row) if n != number and cell]
            yield int(row[number]), texts[0] if texts else f"Level {row[number]}", "\n".join(texts[1:])
