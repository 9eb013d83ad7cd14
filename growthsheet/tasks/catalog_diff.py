"""Compare two versions of a catalog: what became of each activity, and what else changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import cached_property
from typing import Literal

from growthsheet.model import Activity, Catalog, Scale
from growthsheet.text.arguments import strict
from growthsheet.text.folding import without_case
from growthsheet.workbook.results import Results, schema

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


@dataclass(frozen=True)
class Edit:
    """Something that is said otherwise: what it is (``level``), where (``Agent: Pricing``), before and now."""

    kind: str
    where: str
    before: str
    now: str


@dataclass(frozen=True, repr=False)
class Diff:
    """The changes from one catalog to another: one for each old activity and each new one, and everything else."""

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
        edits = Counter(edit.kind for edit in self.edits)
        changed = ", ".join(f"{kind} {number}" for kind, number in edits.items())
        told += ", ".join(f"{number} {kind}" for kind, number in counts.items())
        return told + (f"; changed: {changed}" if changed else "")

    @property
    def counts(self) -> dict[ChangeKind, int]:
        """Return the number of activities of each kind; all but ``new`` add up to those of the old catalog."""
        found = Counter(change.kind for change in self.changes)
        return {kind: found[kind] for kind in CHANGE_KINDS}

    @strict
    def of(self, activity: str) -> str:
        """Return the kind of an activity's change; ``new`` or ``unknown`` if it is not in the old catalog."""
        if activity in self.by_activity:
            return self.by_activity[activity].kind
        return "new" if activity in self.new.activity_by_id else "unknown"

    @cached_property
    def by_activity(self) -> dict[str, Change]:
        """Return the change of each activity of the old catalog."""
        return {change.activity: change for change in self.changes if change.kind != "new"}

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """What changed in scales, thresholds, roles, expected levels, importance, short lists and texts."""
        said = (*_scales(self), *_thresholds(self), *_roles(self), *_texts(self))
        return tuple(Edit(kind, where, was or "-", now or "-") for kind, where, was, now in said if was != now)

    @cached_property
    def points(self) -> dict[str, dict[int, int]]:
        """Return for each scale the new value of each old one; a value whose label is not on both scales is left out.

        Labels are compared without case and additional spaces.
        """
        pairs = {scale.id: (_by_label(self.old.scale(scale.id)), _by_label(scale)) for scale in self.new.scales}
        return {id: {old[label]: new[label] for label in old if label in new} for id, (old, new) in pairs.items()}

    def edit_table(self) -> Results:
        """A row for each thing that changed: what it is, where, before and now."""
        return Results(schema("edits"), tuple(astuple(edit) for edit in self.edits))

    def table(self) -> Results:
        """Return a row for each activity: kind, id, name, new ids, remark."""
        rows = tuple((c.kind, c.activity, c.name, ", ".join(c.becomes), c.told) for c in self.changes)
        return Results(schema("changes"), rows)

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


@strict
def diff(old: Catalog, new: Catalog) -> Diff:
    """Return the change of each activity, by its id and by ``replaces`` in the new catalog.

    - kept: the same id, name and area (descriptions, levels and importance may differ).
    - renamed: another name, or another id that replaces only this one.
    - moved: the same name in another area.
    - split: several activities replace it.
    - merged: one activity replaces it and others.
    - retired: nothing replaces it.

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
    current = {activity.id for activity in new.activities if not activity.retired_in}
    seen = [id]
    for at in seen:  # it grows while it is walked through
        if at == id or at not in current:
            seen += [each.id for each in new.activities if at in each.replaces and each.id not in seen]
    return tuple(at for at in seen if at in current)


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
    if (now.id, now.name) == (activity.id, activity.name):
        return Change("moved" if moved else "kept", activity.id, activity.name, becomes, moved)
    told = f"now {now.name}" + (f"; {moved}" if moved else "")
    return Change("renamed", activity.id, activity.name, becomes, told)


def _by_label(scale: Scale) -> dict[str, int]:
    """Return the value of each point by its label; a catalog has no label twice."""
    return {without_case(point.label): point.value for point in scale.points}


Said = tuple[str, str, str, str]


def _scales(diff: Diff) -> Iterator[Said]:
    for scale in diff.new.scales:
        old = {point.value: point for point in diff.old.scale(scale.id).points}
        new = {point.value: point for point in scale.points}
        yield "scale", scale.id, diff.old.scale(scale.id).name, scale.name
        for value in sorted(old.keys() | new.keys()):
            was, now = (found.get(value) for found in (old, new))
            yield "scale", f"{scale.name} {value}", was.label if was else "", now.label if now else ""
            if was and now:
                yield "scale text", f"{scale.name} {value}", was.anchor, now.anchor


def _thresholds(diff: Diff) -> Iterator[Said]:
    for (name, before), (_, now) in zip(diff.old.thresholds, diff.new.thresholds, strict=True):
        yield "threshold", name.replace("_", " "), str(before), str(now)


def _roles(diff: Diff) -> Iterator[Said]:
    """Roles that came and went, and what those that stayed expect; an activity with one heir is compared with that."""
    heirs = {id: change.becomes[0] for id, change in diff.by_activity.items() if len(change.becomes) == 1}
    for id in dict.fromkeys((*diff.old.role_by_id, *diff.new.role_by_id)):
        was, now = diff.old.role_by_id.get(id), diff.new.role_by_id.get(id)
        yield "role", id, was.name if was else "", now.name if now else ""
        if not was or not now:
            continue
        for field in ("path", "rank", "next", "aliases"):
            before, after = (_listed(getattr(role, field)) for role in (was, now))
            yield field, now.name, before, after
        for kind, field in (("level", "expected"), ("importance", "importance")):
            old = {heirs.get(activity, activity): value for activity, value in getattr(was, field).items()}
            new = getattr(now, field)
            for activity in dict.fromkeys((*old, *new)):
                there = diff.new.activity_by_id.get(activity) or diff.old.activity_by_id[activity]
                before, after = (f"{each[activity]:g}" if activity in each else "" for each in (old, new))
                yield kind, f"{now.name}: {there.name}", before, after
        yield "core", now.name, ", ".join(heirs.get(each, each) for each in was.core), ", ".join(now.core)


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _texts(diff: Diff) -> Iterator[Said]:
    for change in diff.changes:
        if change.kind == "new" or len(change.becomes) != 1:
            continue
        was, now = diff.old.activity_by_id[change.activity], diff.new.activity_by_id[change.becomes[0]]
        yield "importance", now.name, str(was.importance), str(now.importance)
        for level in sorted({*was.anchors, *now.anchors}):
            yield "anchor", f"{now.name}, level {level}", was.anchors.get(level, ""), now.anchors.get(level, "")
        yield "description", now.name, was.description, now.description
        yield "evidence", now.name, was.evidence, now.evidence
