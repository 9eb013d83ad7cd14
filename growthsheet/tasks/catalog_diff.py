"""Compare two versions of a catalog, activity by activity."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from growthsheet.model import Activity, Catalog
from growthsheet.workbook.results import Results

ChangeKind = Literal["kept", "renamed", "moved", "split", "merged", "retired", "new"]
CHANGE_KINDS: tuple[ChangeKind, ...] = ("kept", "renamed", "moved", "split", "merged", "retired", "new")


@dataclass(frozen=True)
class Change:
    """The change of one activity: its ids in the new catalog, and a remark."""

    kind: ChangeKind
    activity: str
    name: str
    becomes: tuple[str, ...] = ()
    told: str = ""


@dataclass(frozen=True, repr=False)
class Diff:
    """The changes from one catalog to another: one for each old activity, and one for each new one."""

    old: Catalog
    new: Catalog
    changes: tuple[Change, ...]

    def __repr__(self) -> str:
        counts = ", ".join(f"{number} {kind}" for kind, number in self.counts.items())
        return f"<Diff of {self.old.id} {self.old.version} and {self.new.version}: {counts}>"

    @property
    def summary(self) -> str:
        """Return the counts as one phrase, or a plain statement that the catalogs have nothing in common."""
        told = f"{self.old.id} {self.old.version} -> {self.new.id} {self.new.version}: "
        counts = {kind: number for kind, number in self.counts.items() if number}
        if set(counts) <= {"retired", "new"}:
            told += "no activity is in both and none replaces another; "
        return told + ", ".join(f"{number} {kind}" for kind, number in counts.items())

    @property
    def counts(self) -> dict[ChangeKind, int]:
        """Return the number of activities of each kind; all but ``new`` add up to those of the old catalog."""
        found = Counter(change.kind for change in self.changes)
        return {kind: found[kind] for kind in CHANGE_KINDS}

    def of(self, activity: str) -> str:
        """Return the kind of an activity's change; ``new`` or ``unknown`` if it is not in the old catalog."""
        if activity in self.by_activity:
            return self.by_activity[activity].kind
        return "new" if activity in self.new.activity_by_id else "unknown"

    @cached_property
    def by_activity(self) -> dict[str, Change]:
        """Return the change of each activity of the old catalog."""
        return {change.activity: change for change in self.changes if change.kind != "new"}

    def table(self) -> Results:
        """Return a row for each activity: kind, id, name, new ids, remark."""
        rows = tuple((c.kind, c.activity, c.name, ", ".join(c.becomes), c.told) for c in self.changes)
        return Results("changes", ("change", "activity_id", "activity", "becomes", "told"), rows)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def diff(old: Catalog, new: Catalog) -> Diff:
    """Return the change of each activity, by its id and by ``replaces`` in the new catalog.

    kept
        The same id, name and area (descriptions, levels and importance may differ).
    renamed
        Another name, or another id that replaces only this one.
    moved
        The same name in another area.
    split
        Several activities replace it.
    merged
        One activity replaces it and others.
    retired
        Nothing replaces it.

    >>> from growthsheet import load_catalog
    >>> catalog = load_catalog("product-management")
    >>> diff(catalog, catalog).counts["kept"] == len(catalog.activities)
    True
    """
    becomes = {activity.id: _becomes(activity.id, new) for activity in old.activities}
    into = Counter(id for ids in becomes.values() for id in ids)
    changes = [_change(activity, becomes[activity.id], into, old, new) for activity in old.activities]
    added = [a for a in new.activities if a.id not in old.activity_by_id and a.id not in into]
    return Diff(old, new, (*changes, *(Change("new", a.id, a.name, (a.id,)) for a in added if not a.retired_in)))


def _becomes(id: str, new: Catalog) -> tuple[str, ...]:
    """Return the current activities that replace an old id, directly or through others that replaced it earlier."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    waiting = [id]
    while waiting:
        at = waiting.pop(0)
        if at in seen:
            continue
        seen.add(at)
        there = new.activity_by_id.get(at)
        if there and not there.retired_in:
            found[at] = None
        if at == id or not (there and not there.retired_in):
            waiting += [activity.id for activity in new.activities if at in activity.replaces]
    return tuple(found)


def _change(activity: Activity, becomes: tuple[str, ...], into: Counter[str], old: Catalog, new: Catalog) -> Change:
    names = [new.activity_by_id[id].name for id in becomes]
    if not becomes:
        there = new.activity_by_id.get(activity.id)
        told = f"retired in {there.retired_in}" if there else "no longer in the catalog"
        return Change("retired", activity.id, activity.name, (), told)
    if len(becomes) > 1:
        return Change("split", activity.id, activity.name, becomes, f"now {' and '.join(names)}")
    (now,) = (new.activity_by_id[id] for id in becomes)
    if into[now.id] > 1:
        return Change("merged", activity.id, activity.name, becomes, f"now part of {now.name}")
    areas = old.area_by_id[activity.area].name, new.area_by_id[now.area].name
    moved = f"from {areas[0]} to {areas[1]}" if activity.area != now.area else ""
    if (now.id, now.name) != (activity.id, activity.name):
        return Change(
            "renamed", activity.id, activity.name, becomes, "; ".join(filter(None, (f"now {now.name}", moved)))
        )
    return Change("moved" if moved else "kept", activity.id, activity.name, becomes, moved)
