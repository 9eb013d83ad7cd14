"""Labels made of names: short enough for drop-downs and headers, and unique."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

MAX_LABEL = 80
"""The longest label that a drop-down offers."""

IN_TITLES, IN_BARS, IN_HEADERS, IN_CHARTS = 64, 40, 38, 24
"""The most letters of a name in a title, on the axis of bars, in a header, and in a chart with other words."""


def short(name: str, most: int = IN_TITLES) -> str:
    """Return a name of at most ``most`` characters, with an ellipsis if it was cut.

    >>> short("Ana Ruiz"), short("Anastasia Maria Ruiz", 10)
    ('Ana Ruiz', 'Anastasia…')
    """
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"


def unique_labels(names: Mapping[str, str], most: int = MAX_LABEL) -> dict[str, str]:
    """Return a unique label for each name (case is ignored); equal ones are followed by the id, or else a number.

    >>> unique_labels({"1": "Ana", "2": "Bo", "3": "ana"})
    {'1': 'Ana (1)', '2': 'Bo', '3': 'ana (3)'}
    >>> unique_labels({"1": "Product manager, north", "2": "Product manager, south"}, 16)
    {'1': 'Product man… (1)', '2': 'Product man… (2)'}
    """
    found = {key: short(name, most) for key, name in names.items()}
    keys = {key: short(key, most // 2) for key in names}
    numbers = {key: str(n) for n, key in enumerate(names, 1)}
    for behind in (keys, numbers):  # with its id, a label may be equal to another name
        times = Counter(label.casefold() for label in found.values())
        for key, label in found.items():
            if times[label.casefold()] > 1:
                found[key] = f"{short(label, most - len(behind[key]) - 3)} ({behind[key]})"
    return found
