"""What check finds in a catalog: in one pass, the gravest first, with tab, cell and name; safe changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

import growthsheet as gs
from growthsheet.model import Catalog
from growthsheet.sources.catalogs.load import to_yaml
from growthsheet.tasks.check import check
from tests.sources.catalogs.test_catalog_books import BUILT_IN, book, column, edited  # noqa: F401  # book is a fixture

FIRST = BUILT_IN.activities[0]


def told(path: Path) -> list[str]:
    """What check tells of a file: severity, place without the file, code."""
    found = check(path).problems
    return [f"{p.severity} {p.place.removeprefix(str(path)).strip(',: ')} [{p.code}]" for p in found]


def said(path: Path) -> str:
    """Everything that check tells of a file, as people read it."""
    return "\n".join(map(str, check(path).problems))


def opened(path: Path) -> Any:
    """The workbook, to be edited and saved."""
    return openpyxl.load_workbook(path)


def test_the_catalogs_that_come_with_it_are_without_a_note(book: Path, tmp_path: Path) -> None:  # noqa: F811
    """Neither the built-in catalog nor the one to begin with has anything odd."""
    gs.new_catalog(tmp_path / "new.xlsx")
    assert (told(book), told(tmp_path / "new.xlsx")) == ([], [])


# One row of one tab


def test_an_activity_is_one_row(book: Path) -> None:  # noqa: F811
    """Deleted, renamed and added in one row of one tab; nothing else has to be changed."""
    found = opened(book)
    tab = found["Activities"]
    tab.delete_rows(7)
    tab["C6"] = "Another name"
    last = 6 + len(BUILT_IN.activities)
    tab[f"B{last}"], tab[f"C{last}"], tab[f"D{last}"] = "new-one", "New one", found["Areas"]["C6"].value  # its name
    tab[f"{column(tab, 'cpo')}{last}"], tab[f"{column(tab, 'Core: cpo')}{last}"] = 2, 99
    tab[f"{column(tab, 'Level 2')}{last}"], tab[f"{column(tab, 'Importance: cpo')}{last}"] = "Does it", 3
    found.save(book)
    catalog = gs.load_catalog(book)
    assert told(book) == []
    assert catalog.activities[0].name == "Another name"
    assert [a.id for a in catalog.activities[1:]] == [*(a.id for a in BUILT_IN.activities[2:]), "new-one"]
    role = catalog.role_by_id["cpo"]
    assert (role.expected["new-one"], role.core[-1], role.importance["new-one"]) == (2, "new-one", 3)
    assert catalog.activity_by_id["new-one"].anchors == {2: "Does it"}


def test_a_role_by_its_name(book: Path) -> None:  # noqa: F811
    """A role's column may have its name; a role that is called like another header has a column of its own."""
    edited(book, {"Activities!F5": BUILT_IN.roles[0].name})
    assert gs.load_catalog(book) == BUILT_IN
    roles = (BUILT_IN.roles[0].model_copy(update={"id": "area", "next": ()}), *BUILT_IN.roles[1:])
    odd = Catalog.model_validate(BUILT_IN.model_copy(update={"roles": roles}).model_dump())
    assert gs.load_catalog(gs.save_catalog(odd, book)) == odd


# Scales


def shifted(path: Path, by: int, before: int = 0) -> Path:
    """The workbook with the skill scale's values changed, and the values before too, where so much is said."""
    return edited(
        path, {f"Scales!{c}{row}": row - 6 + n for row in range(6, 11) for c, n in (("D", by), ("G", before))}
    )


def test_a_scale_is_shifted_safely(book: Path) -> None:  # noqa: F811
    """From 0-4 to 1-5: levels, thresholds and anchors move along, and it is told."""
    catalog, notes = gs.read_catalog(shifted(book, by=1))
    assert [note.code for note in notes] == ["scale-shifted"]
    assert "0 is now 1, 1 is now 2" in notes[0].found
    assert {
        role.id: {id: level - 1 for id, level in role.expected.items()} for role in catalog.roles
    } == {role.id: dict(role.expected) for role in BUILT_IN.roles}  # fmt: skip
    assert catalog.activities[0].anchors == {level + 1: text for level, text in FIRST.anchors.items()}
    assert catalog.thresholds == BUILT_IN.thresholds.model_copy(update={"working": 3, "covered": 4, "top": 5})
    new = gs.save_catalog(catalog, book)
    assert (gs.load_catalog(new), told(new)) == (catalog, [])


def test_a_scale_that_was_changed_by_hand_is_not_shifted_twice(book: Path) -> None:  # noqa: F811
    """With both values changed levels stay; that the thresholds do not fit any more is told."""
    assert told(shifted(book, by=1, before=1)) == ["note thresholds [thresholds-odd]"]
    assert gs.load_catalog(book).roles == BUILT_IN.roles


def test_a_scale_with_a_point_between(book: Path) -> None:  # noqa: F811
    """A point that is new has no value before; decimal levels stay between the points they were between."""
    roles = tuple(
        role.model_copy(update={"expected": {FIRST.id: 2.5}, "core": (), "importance": {}}) for role in BUILT_IN.roles
    )
    plain = BUILT_IN.model_copy(update={"roles": roles})
    gs.save_catalog(plain, book)
    edited(book, {"Scales!D8": 3, "Scales!D9": 6, "Scales!D10": 7})
    assert gs.load_catalog(book).roles[0].expected == {FIRST.id: 4.5}


# What is dangerous in a workbook


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ({"Activities!director 5": None}, "error Activities!K5 [unknown-role]"),
        ({"Activities!Level 2 5": "Working"}, "error Activities [missing-column]"),
        ({"Activities!Area 6": "A new area"}, "error Activities!D6 [unknown-area]"),
        ({"Activities!Area 6": "Market and customer insight"}, ""),
        ({"Roles!Next 6": "Product Manager\nprincipal-pm"}, ""),
        ({"Roles!Next 6": "product-manager, principal-pm"}, "error Roles!F6 [unknown-role]"),
    ],
)
def test_edits_that_would_lose_something(book: Path, edits: dict[str, object], expected: str) -> None:  # noqa: F811
    """A header that is gone, and a name that is none, are told with their cell; areas and roles go by name too."""
    assert told(edited(book, edits)) == [expected] * bool(expected)


def test_a_point_that_is_gone_is_one_cause(book: Path) -> None:  # noqa: F811
    """Whatever texts stood at a point that was taken out, it is told once, and once for each threshold."""
    found = opened(book)
    found["Scales"].delete_rows(8)
    found.save(book)
    assert told(book) == [
        "error Catalog!C14: thresholds.working [threshold-off-scale]",
        "error Activities!P6: activity 'customer-talks', anchors, 2 [anchor-off-scale]",
    ]


# What is dangerous


def yaml(tmp_path: Path, **changes: object) -> Path:
    """The built-in catalog with some fields changed, as YAML."""
    path = tmp_path / "our.yaml"
    path.write_text(to_yaml(Catalog.model_construct(**dict(BUILT_IN) | changes)), encoding="utf-8")
    return path


def role(**changes: object) -> tuple[object, ...]:
    """The built-in roles, the first one changed."""
    return (BUILT_IN.roles[0].model_copy(update=changes), *BUILT_IN.roles[1:])


def points(*labels: str) -> tuple[object, ...]:
    """The built-in scales, the skill scale's points with other labels."""
    skill = BUILT_IN.scale("skill")
    new = tuple(p.model_copy(update={"label": label}) for p, label in zip(skill.points, labels, strict=True))
    return (skill.model_copy(update={"points": new}), *BUILT_IN.scales[1:])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"roles": role(expected={}, core=(), importance={})}, "note role 'technical-pm' [role-expects-nothing]"),
        ({"roles": role(next=("technical-pm",))}, "note role 'technical-pm', next [role-is-its-next]"),
        ({"roles": role(aliases=("New title", "CPO"))}, "note role 'technical-pm', alias 'CPO' [shared-alias]"),
        ({"roles": role(core=("risk",), expected={"roadmap": 2})}, "note role 'technical-pm', core [core-not-expected]"),  # noqa: E501
        ({"roles": role(importance={"risk": 3}, core=(), expected={"roadmap": 2})}, "note role 'technical-pm', importance [core-not-expected]"),  # noqa: E501
        ({"roles": role(next=("vp", "vp"))}, "note role 'technical-pm', next [named-twice]"),
        ({"roles": role(core=("roadmap", "roadmap"))}, "note role 'technical-pm', core [named-twice]"),
        ({"scales": points("A", "2", "b", "C", "D")}, "note scale 'skill' [labels-odd]"),
        ({"scales": points("0", "1", "2", "3", "4")}, ""),
        ({"thresholds": BUILT_IN.thresholds.model_copy(update={"interest_high": 0})}, "note thresholds.interest_high [thresholds-odd]"),  # noqa: E501
        ({"scales": points("A", "B", "b", "C", "D")}, "error scale 'skill', point 'b', label [repeated-label]"),
        ({"scales": points("A", "N/A", "b", "C", "D")}, "error scale 'skill', point 'N/A', label [reserved-label]"),
        ({"thresholds": BUILT_IN.thresholds.model_copy(update={"top": 3})}, "note thresholds [thresholds-odd]"),
    ],
)  # fmt: skip
def test_a_dangerous_catalog_is_told(tmp_path: Path, changes: dict[str, object], expected: str) -> None:
    """What is allowed and seldom meant is a note; what cannot be told apart is an error."""
    severity, _, rest = expected.partition(" ")
    found = told(yaml(tmp_path, **changes))
    assert bool(found) == bool(expected)
    assert not expected or [line for line in found if line.startswith(severity) and line.endswith(rest)]


def test_activities_that_nobody_expects(tmp_path: Path) -> None:
    """Activities that no role expects are one note."""
    roles = tuple(
        r.model_copy(update={"expected": {FIRST.id: 2}, "core": (), "importance": {}}) for r in BUILT_IN.roles
    )
    lines = told(yaml(tmp_path, roles=roles))
    assert [line for line in lines if "activities-not-expected" in line] == lines
    assert "and 36 more" in said(tmp_path / "our.yaml")


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ({"Activities!G5": "technical-pm"}, ["error Activities!G5 [repeated-column]"]),
        ({"Activities!F6": True}, [f"error Activities!F6: role 'technical-pm', expected, {FIRST.id} [not-a-number]"]),
        ({"Catalog!C7": 1.1}, ["error Catalog!C7 [version-not-text]"]),
        ({"Activities!E5": "Weight"}, ["error Activities [missing-column]"]),
        ({"Activities!C5": "Title"}, ["error Activities [missing-column]"]),
        ({"Roles!C5": "Called"}, ["error Roles [missing-column]"]),
        ({"Activities!F5": "technicl-pm"}, ["error Activities!F5 [unknown-role]"]),
        ({"Catalog!B8": "Nmae"}, ["error Catalog!B8 [unknown-field]", "error name [missing-field]"]),
    ],
)
def test_a_dangerous_edit_is_told(book: Path, edits: dict[str, object], expected: list[str]) -> None:  # noqa: F811
    """A header that is gone or stands twice, TRUE for a level, 1.10 as a number: one line for each cause."""
    lines = told(edited(book, edits))
    assert [line for line in lines if line.startswith("error")] == expected


def test_hints_name_what_was_meant(book: Path) -> None:  # noqa: F811
    """The header that took the place of one, and the role that was meant, are named."""
    assert "is it 'Weight'? give it its name back" in said(edited(book, {"Activities!E5": "Weight"}))
    gs.save_catalog(BUILT_IN, book)
    assert "did you mean 'technical-pm'?" in said(edited(book, {"Activities!F5": "technicl-pm"}))


def test_a_renamed_tab(book: Path) -> None:  # noqa: F811
    """A tab that was renamed is told with the name it has now, and nothing else is."""
    found = opened(book)
    found["Activities"].title = "Activity list"
    found.save(book)
    assert told(book) == ["error  [missing-tab]"]
    assert "is it 'Activity list'?" in said(book)
    assert "--map" not in said(book)


# All at once


def test_all_mistakes_in_one_pass(book: Path) -> None:  # noqa: F811
    """Thirteen mistakes in all tabs are told at the first try; an area's bad id also where activities lost it."""
    edits = {
        "Scales!E7": "n/a",
        "Scales!D12": "many",
        "Areas!B6": "in sight",
        "Activities!B7": "no id please",
        "Activities!C8": None,
        "Activities!D9": "nowhere",
        "Activities!E10": 7,
        "Activities!F11": 9,
        "Activities!G11": "two",
        "Roles!D7": "sideways",
        "Roles!F8": "nobody",
        "Catalog!C13": 8,
        "Catalog!C7": 1.1,
    }
    lines = told(edited(book, edits))
    assert sorted(line.rpartition("[")[2].strip("]") for line in lines) == [
        *("bad-id", "bad-id", "level-off-scale", "missing-field", "not-a-choice", "not-a-number", "not-a-number"),
        *("out-of-range", "reserved-label", "threshold-off-scale", "unknown-area", "unknown-area", "unknown-role"),
        "version-not-text",
    ]


def test_somebody_elses_yaml(tmp_path: Path) -> None:
    """A text of another shape is one problem with what it holds and where to look, and no list of fields to add."""
    path = tmp_path / "their.yaml"
    path.write_text("title: Framework\ntopics:\n  - name: talking\nlevels: 4\n")
    assert told(path) == ["error  [not-a-catalog]"]
    assert "title, topics, levels" in said(path)
    assert "docs/frameworks.md" in said(path)
