"""Expectations of roles, as tables tell them one by one, put together to a catalog."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from growthsheet.sources.catalogs.document import Document, Mark
from growthsheet.sources.catalogs.framework_levels import framework_levels
from growthsheet.sources.catalogs.word_levels import ALL_ROLES, NO_LEVEL, Steps, noted
from growthsheet.text.counts import first_of, plural
from growthsheet.text.folding import without_case
from growthsheet.text.ids import Names, id_of, kept_id
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import quote

NAMELESS = "Activities"
"""The area of activities of which nothing says an area."""


@dataclass(frozen=True)
class Entry:
    """What one row or cell says about a role and an activity, by field, and where each of it stands."""

    texts: Mapping[str, str]
    marks: Mapping[str, Mark]

    def __getitem__(self, field: str) -> str:
        return self.texts.get(field, "")

    def key(self, field: str) -> str:
        """Return what it says in a field as it is compared."""
        return without_case(self[field])

    def mark(self, field: str) -> Mark:
        """Return where a field stands, or else the level."""
        return self.marks.get(field, self.marks["level"])


@dataclass
class CatalogBuilder:
    """Makes a catalog of expectations; problems go to ``findings``."""

    findings: ProblemList
    given: Steps | None
    """The skill scale, where somebody named it."""
    headers: str
    """They may tell the ends of the scale, and what its points are called."""
    where: Callable[[Mark], str]
    """Tells the place of a mark."""

    def document(self, entries: Sequence[Entry], name: str) -> Document:
        """Return the catalog of this name that some expectations make, with the place of everything in it."""
        self.marks: dict[str, Mark] = {}
        first = {entry["level"]: self.place(entry.marks["level"]) for entry in reversed(entries)}
        labels = {(entry["level"], entry["label"]) for entry in entries if entry["label"]}
        words = Counter(entry["level"] for entry in entries if entry["level"])
        self.reading = framework_levels(words, first, labels, self.headers, self.given, self.findings)
        self.entries = [entry for entry in entries if self.value(entry) is not None]
        self._tell_left_out(entries)
        for entry in self.entries:
            for field in ("role", "activity"):
                if not entry[field] or entry[field].casefold() in NO_LEVEL:
                    at, found = self.place(entry.mark(field)), quote(entry[field] or None)
                    self.findings.error("missing-field", at, found, f"the {field}", "fill it in")
        roles = {entry.key("role"): entry for entry in reversed(self.entries)}
        for key in roles.keys() & ALL_ROLES if len(roles) > 1 else ():
            at, found = self.place(roles[key].mark("role")), quote(roles[key]["role"])
            hint = "write a row for each role; if it really is a role, give it another name"
            self.findings.error("role-of-all", at, found, "the name of one role", hint)
        self.findings.refuse()
        return self._catalog(name)

    def place(self, mark: Mark) -> str:
        """Return where something is, for a problem."""
        return f"{self.findings.place}, {self.where(mark)}"

    def value(self, entry: Entry) -> float | None:
        """Return the level that an entry expects; None where it expects nothing."""
        return self.reading.values.get(entry["level"]) if entry["level"] else None

    def _catalog(self, name: str) -> Document:
        areas, keys = self._areas()
        groups: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for entry in self.entries:
            groups[entry.key("role")].setdefault(entry.key("group"), entry["group"])
        ids, role_ids = _Ids("activity", self), _Ids("role", self)
        names, role_names = Names(), Names()
        activities: dict[tuple[str, str], dict[str, Any]] = {}
        roles: dict[str, dict[str, Any]] = {}
        rows: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry, key in zip(self.entries, keys, strict=True):
            title = " ".join(entry["activity"].split()) + (f" ({key[1]})" if key[1] else "")
            if key not in activities:
                path = f"activities.{len(activities)}"
                short = names.short(title)
                description = "\n".join(filter(None, ("" if short == title else title, entry["description"])))
                id = ids.id(title, entry["activity_id"], entry, path)
                named = {"id": id, "name": short, "area": areas[key]}
                activities[key] = {**named, "description": description, "anchors": {}}
            elif entry["activity_id"]:
                ids.is_others(kept_id(entry["activity_id"]), title, entry)
            several = len(groups[entry.key("role")]) > 1 and entry["group"]
            title = " ".join(entry["role"].split()) + (f" ({entry['group']})" if several else "")
            who = entry["role_id"] or without_case(title)
            if who not in roles:
                path = f"roles.{len(roles)}"
                id = role_ids.id(title, entry["role_id"], entry, path)
                roles[who] = {"id": id, "name": role_names.short(title), "expected": {}}
            elif entry["role_id"]:
                role_ids.is_others(kept_id(entry["role_id"]), title, entry)
            self._expect(roles[who], activities[key], entry, list(roles).index(who))
            rows[who, activities[key]["id"]].append(entry)
        self._tell_repeated(list(rows.values()))
        if twice := [f"{name} ({', '.join(filter(None, of.values()))})" for name, of in groups.items() if len(of) > 1]:
            found = f"names in several groups of roles are a separate role in each: {first_of(twice, 6)}"
            self.findings.note("names-in-areas", self.findings.place, found, "rename one, or give it one group")
        self.findings.refuse()
        steps = self.reading.steps
        catalog = {
            "id": id_of(name),
            "version": "1",
            "name": name,
            "source": self.findings.place,
            "scales": steps.scales(),
            "thresholds": steps.thresholds(),
            "areas": [{"id": id, "name": area} for area, id in self.area_ids.items()],
            "activities": list(activities.values()),
            "roles": list(roles.values()),
        }
        return Document(self.findings.place, catalog, self.marks, (), self.where, tuple(self.findings.notes))

    def _tell_left_out(self, entries: Sequence[Entry]) -> None:
        """Note the rows that expect nothing, and which roles and activities fall away with them."""
        left = [e for e in entries if self.value(e) is None and e["level"] not in self.reading.strangers]
        kept = {field: {entry.key(field) for entry in self.entries} for field in ("role", "activity")}
        for word, count in Counter(entry["level"] for entry in left).items():
            of_it = [entry for entry in left if entry["level"] == word]
            found = f"{plural(count, 'row')} left out: the level {quote(word) if word else 'nothing'} expects nothing"
            for field in ("role", "activity"):
                gone = dict.fromkeys(e[field] for e in of_it if e[field] and e.key(field) not in kept[field])
                if gone:
                    found += f"; without any level, so left out: {plural(gone, field)} ({first_of(list(gone), 4)})"
            self.findings.note("levels-left-out", self.place(of_it[0].marks["level"]), found)

    # -- areas -----------------------------------------------------------------------------------------------------

    def _areas(self) -> tuple[dict[tuple[str, str], str], list[tuple[str, str]]]:
        """The id of each activity's area, by the activity's key, and the key of each entry.

        A key is a name (or an id), and the area where that name stands in several.
        """
        spelled: dict[str, str] = {}
        own: defaultdict[str, dict[str, str]] = defaultdict(dict)
        families: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for entry in self.entries:
            who = entry["activity_id"] or entry.key("activity")
            spelled.setdefault(entry.key("area"), entry["area"])
            if entry["area"]:
                own[who][entry.key("area")] = spelled[entry.key("area")]
            families[who][entry["family"]] += 1
        keys, area_of = [], {}
        for entry in self.entries:
            who = entry["activity_id"] or entry.key("activity")
            area = spelled.get(entry.key("area"), "") if len(own[who]) > 1 else next(iter(own[who].values()), "")
            key = (who, area if len(own[who]) > 1 else "")
            keys.append(key)
            area_of[key] = area or max(families[who], key=lambda family: families[who][family]) or NAMELESS
        if any(entry["family"] for entry in self.entries) and not any(own.values()):
            found = "there is no column of areas, so each activity is in the family of most roles that expect it"
            self.findings.note("areas-of-families", self.findings.place, found)
        several = [f"{who} ({', '.join(areas.values())})" for who, areas in own.items() if len(areas) > 1]
        several += [f"{who} (no area)" for who, area in area_of if not area and len(own[who]) > 1]
        if several:
            found = f"names in several areas are a separate activity in each: {first_of(several, 6)}"
            self.findings.note("names-in-areas", self.findings.place, found, "rename one, or give it one area")
        self.area_ids = {area: id_of(area) for area in dict.fromkeys(area_of.values())}
        return {key: self.area_ids[area] for key, area in area_of.items()}, keys

    # -- expectations ----------------------------------------------------------------------------------------------

    def _expect(self, role: dict[str, Any], activity: dict[str, Any], entry: Entry, n: int) -> None:
        value, id = self.value(entry), activity["id"]
        assert value is not None
        if role["expected"].setdefault(id, value) != value:
            said = f"{quote(entry['role'])} expects {value:g} in {quote(entry['activity'])}"
            expected = f"{role['expected'][id]:g}, as in a row above"
            hint = "keep one level; if two things are meant, give each a name or an area of its own"
            self.findings.error("several-levels", self.place(entry.marks["level"]), said, expected, hint)
        self.marks.setdefault(f"roles.{n}.expected.{id}", entry.marks["level"])
        anchor = entry["anchor"]
        if not anchor and (found := noted(entry["level"])) and self.reading.kind != "given":
            labels = {label for _, label, _ in self.reading.steps.points}
            anchor = found.label if found.label not in labels else ""
        if anchor and value.is_integer() and int(value) in {point for point, _, _ in self.reading.steps.points}:
            there = activity["anchors"].setdefault(int(value), anchor)
            if anchor not in there and entry["label"]:
                activity["anchors"][int(value)] = f"{there}\n{anchor}"

    def _tell_repeated(self, groups: Sequence[Sequence[Entry]]) -> None:
        """Note each pair of role and activity that stands in several rows."""
        for group in groups:
            if len({entry.marks["level"] for entry in group}) > 1:
                first, *_ = group
                rows = [str(entry.marks["level"][1]) for entry in group]
                pair = f"{quote(first['role'])} and {quote(first['activity'])}"
                found = f"{pair} are in rows {first_of(rows, 6)} with the same level"
                if len({entry["anchor"] for entry in group}) > 1:
                    found += ", with different texts; the first is kept"
                self.findings.note("repeated-rows", self.findings.place, found)


class _Ids:
    """Ids made of names; two names that would share one are refused."""

    def __init__(self, kind: str, builder: CatalogBuilder) -> None:
        self.kind, self.builder = kind, builder
        self.taken: dict[str, str] = {}

    def id(self, name: str, own: str, entry: Entry, path: str) -> str:
        """Return the id of something new."""
        self.builder.marks[path] = entry.mark(self.kind)
        found = kept_id(own) if own else id_of(name)
        # Of another's id nothing else is told.
        return f"{found}-{name}" if self.is_others(found, name, entry) else found

    def is_others(self, found: str, name: str, entry: Entry) -> bool:
        """Return whether an id is that of another name; it is told."""
        other = self.taken.setdefault(found.casefold(), name)
        if differs := without_case(other) != without_case(name):
            hint = f"spell them alike if they are one; if not, rename one or add a column '{self.kind.capitalize()} id'"
            said = f"{quote(name)} would get the id {found} of {quote(other)}"
            place = self.builder.place(entry.mark(self.kind))
            self.builder.findings.error("ids-meet", place, said, "an id of its own", hint)
        return differs
