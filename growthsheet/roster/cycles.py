"""The review cycle of a roster: what files say of it, and what somebody named."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from growthsheet.errors import Problem
from growthsheet.model import Cycle

PARTS = frozenset(["id", "label", "date"])
"""What can be named of a cycle; a part that is not named is a default."""


def as_in_files(
    cycle: Cycle, named: Collection[str], known: Iterable[Cycle], place: str = "answers"
) -> tuple[Cycle, tuple[Problem, ...]]:
    """Return a cycle as files tell of it, with a note where that is something else than what was named.

    The cycle has the parts that were ``named``, and defaults for the others. Without an id, the newest of the cycles of
    the files is meant. A label that is only the id says nothing.

    >>> spring = Cycle(id="2026-h1", label="Spring 2026", date="2026-03-01")
    >>> today = Cycle(id="2026-h1", label="2026-h1", date="2026-05-09")
    >>> as_in_files(today, ["id"], [spring])[0] == spring
    True
    """
    found = {each.id: each for each in known}
    notes = []
    if found and not {"id", "date"} & set(named):
        newest = max(found.values(), key=lambda each: (each.date, each.id))
        if newest.id != cycle.id:
            said, hint = f"the cycle is {newest.id}, the newest there is", "name another one with --cycle"
            notes.append(Problem("cycle-from-files", place, said, "", hint, severity="note"))
        cycle = newest if "label" not in named else newest.model_copy(update={"label": cycle.label})
    if (there := found.get(cycle.id)) is None:
        return cycle, tuple(notes)
    label = there.label if there.label != there.id else cycle.label
    for part, now, before in (("label", cycle.label, label), ("date", cycle.date, there.date)):
        if part in named and now != before:
            hint = "leave the option out, or correct cycles.csv" if place == "answers" else "leave the option out"
            said, wanted = f"the {part} of the cycle {cycle.id} is {before}; {now} was named", f"{before}, which counts"
            notes.append(Problem("cycle-disagrees", place, said, wanted, hint, severity="note"))
    return there.model_copy(update={"label": label}), tuple(notes)
