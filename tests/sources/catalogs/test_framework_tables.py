"""Other people's frameworks in tables: ids, areas, levels, scales and matrices, in invented files of public shapes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import pytest

import growthsheet as gs
from growthsheet.errors import Problem
from growthsheet.model import Catalog
from growthsheet.tasks.check import kind_of

Read = tuple[Catalog, Mapping[str, Problem]]


def read(folder: Path, text: str, name: str = "skills.csv", **more: Any) -> Read:
    """The catalog in a file of this text, and its notes by code."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    catalog, notes = gs.read_catalog(path, name=name, **more)
    return catalog, {note.code: note for note in notes}


def wrong(folder: Path, text: str, name: str = "skills.csv", **more: Any) -> list[str]:
    """Everything that is wrong with a file of this text, as people read it."""
    with pytest.raises(gs.InputError) as raised:
        read(folder, text, name, **more)
    return [str(problem) for problem in raised.value.problems]


def levels(catalog: Catalog) -> dict[str, dict[str, float]]:
    """What each role expects, by names."""
    names = {activity.id: activity.name for activity in catalog.activities}
    return {role.name: {names[id]: level for id, level in role.expected.items()} for role in catalog.roles}


def labels(catalog: Catalog) -> list[str]:
    """The points of the skill scale, as ``0 Not yet``."""
    return [f"{point.value} {point.label}" for point in catalog.scale("skill").points]


# Ids


@pytest.mark.parametrize(
    ("text", "activities", "roles"),
    [
        ("Code,Skill,Junior,Senior\nT1,SQL,1,3\nT2,R,0,2\n", ["T1", "T2"], ["junior", "senior"]),
        ("ID,Role,Skill,Level\nR1,Dev,SQL,1\nR1,Dev,R,2\nR2,Lead,SQL,3\n", ["sql", "r"], ["R1", "R2"]),
        ("Role,Code,Skill,Level\nDev,T1,SQL,1\nDev,T2,R,2\nLead,T1,SQL,3\n", ["T1", "T2"], ["dev", "lead"]),
        ("Role,Code,Skill,Level\nDev,A,SQL,1\nDev,B,R,2\nLead,A,T,3\n", ["sql", "r", "t"], ["dev", "lead"]),
    ],
)
def test_a_column_of_codes_holds_the_ids_of_what_it_has_one_for_each(
    tmp_path: Path, text: str, activities: list[str], roles: list[str]
) -> None:
    """A column "Code" or "ID" is the ids of activities or of roles, whichever it has one for each of; that is told."""
    catalog, notes = read(tmp_path, text)
    assert [activity.id for activity in catalog.activities] == activities
    assert [role.id for role in catalog.roles] == roles
    assert ("columns-guessed" in notes) != ("columns-not-read" in notes)
    assert kind_of(tmp_path / "skills.csv") == "catalog"


@pytest.mark.parametrize("order", ["C++ C# C .NET NET F#", "F# NET .NET C C# C++", "C .NET C# F# C++ NET"])
def test_an_id_follows_from_the_name_alone(tmp_path: Path, order: str) -> None:
    """Whatever the order of the rows, each name has the same id, and no other name's."""
    catalog, _ = read(tmp_path, "Role,Skill,Level\n" + "".join(f"Engineer,{name},2\n" for name in order.split()))
    assert {activity.name: activity.id for activity in catalog.activities} == {
        "C++": "c-plus-plus",
        "C#": "c-sharp",
        "C": "c",
        ".NET": "dot-net",
        "NET": "net",
        "F#": "f-sharp",
    }


@pytest.mark.parametrize(("one", "other"), [("A/B tests", "A-B tests"), ("Été", "Ete"), ("Node.js", "Node js")])
def test_names_that_would_share_an_id_are_refused(tmp_path: Path, one: str, other: str) -> None:
    """Two names of one id are refused with the row and a way out; with a column of ids both are read."""
    told = wrong(tmp_path, f"Role,Skill,Level\nEngineer,{one},2\nEngineer,{other},3\n")
    assert len(told) == 1
    assert "skills.csv, row 3, column Skill" in told[0]
    assert "add a column 'Activity id'" in told[0]
    assert told[0].endswith("[ids-meet]")
    catalog, _ = read(tmp_path, f"Role,Skill,Level,Skill id\nEngineer,{one},2,k1\nEngineer,{other},3,k2\n")
    assert [activity.id for activity in catalog.activities] == ["k1", "k2"]


def test_long_names_and_other_scripts(tmp_path: Path) -> None:
    """Names that differ after the longest id, or in letters that ASCII lacks, have ids of their own."""
    long = "Explains " + "very " * 12
    names = [f"{long}well", f"{long}badly", "山田", "山口", "Schreiben 山"]
    catalog, _ = read(tmp_path, "Role,Skill,Level\n" + "".join(f"A,{name},1\n" for name in names))
    ids = [activity.id for activity in catalog.activities]
    again, _ = read(tmp_path, "Role,Skill,Level\n" + "".join(f"A,{name},1\n" for name in reversed(names)))
    assert len(set(ids)) == 5
    assert [activity.id for activity in again.activities] == ids[::-1]


def test_case_and_spaces_do_not_make_two_activities(tmp_path: Path) -> None:
    """A name in another spelling of capitals and spaces is the same activity."""
    catalog, _ = read(tmp_path, "Role,Skill,Level\nA,Data  work,2\nB,data work,3\n")
    assert levels(catalog) == {"A": {"Data work": 2}, "B": {"Data work": 3}}


def test_ids_from_other_systems(tmp_path: Path) -> None:
    """Addresses become ids; ids that are ids stay."""
    rows = "https://example.org/skill/1,Modelling,A,2\nS-2.b,Talking,A,1\n"
    catalog, _ = read(tmp_path, f"Skill URI,Skill,Role,Level\n{rows}")
    assert [activity.id for activity in catalog.activities] == ["https-example-org-skill-1", "S-2.b"]


# Areas


def test_the_same_name_in_two_areas(tmp_path: Path) -> None:
    """The same skill in two areas is an activity in each, and told; also within one role."""
    rows = "Engineer,Communication,2,People\nLead,Communication,3,Delivery\nEngineer,Communication,1,Delivery\n"
    catalog, notes = read(tmp_path, f"Role,Skill,Level,Area\n{rows}")
    assert levels(catalog) == {
        "Engineer": {"Communication (People)": 2, "Communication (Delivery)": 1},
        "Lead": {"Communication (Delivery)": 3},
    }
    assert [area.name for area in catalog.areas] == ["People", "Delivery"]
    assert "communication (People, Delivery)" in notes["names-in-areas"].found


def test_the_same_role_in_two_families(tmp_path: Path) -> None:
    """A role's name that stands in two families of roles is a role in each."""
    catalog, notes = read(tmp_path, "Job family,Role,Skill,Level\nData,Lead,SQL,3\nSales,Lead,Talking,2\n")
    assert levels(catalog) == {"Lead (Data)": {"SQL": 3}, "Lead (Sales)": {"Talking": 2}}
    assert "lead (Data, Sales)" in notes["names-in-areas"].found


def test_a_hierarchy_of_areas(tmp_path: Path) -> None:
    """Several columns of areas are one area each together."""
    catalog, _ = read(tmp_path, "Domain,Subcategory,Skill,Role,Level\nData,Stores,SQL,A,2\nData,Stats,R,A,1\n")
    assert [area.name for area in catalog.areas] == ["Data / Stores", "Data / Stats"]


# Levels and scales


def test_no_meaning_is_invented(tmp_path: Path) -> None:
    """Levels without words get neutral labels and a note; the scale may be given, by its ends or in a file."""
    table = "Role,Skill,Level\nClerk,Filing,2\nLead,Filing,4\n"
    catalog, notes = read(tmp_path, table)
    assert labels(catalog) == ["0 Level 0", "1 Level 1", "2 Level 2", "3 Level 3", "4 Level 4"]
    assert "nothing says what each level means" in notes["scale-taken"].found
    assert "--scale" in notes["scale-taken"].hint
    catalog, notes = read(tmp_path, table, scale="1-6")
    assert (labels(catalog)[0], labels(catalog)[-1], notes) == ("1 Level 1", "6 Level 6", {})
    assert catalog.thresholds.model_dump() | {"working": 4, "covered": 5, "top": 6} == catalog.thresholds.model_dump()
    scale = tmp_path / "scale.csv"
    scale.write_text(
        "Wert;Wort;Bedeutung\n1;Gesehen;dabei gewesen\n2;Mit Anleitung;\n4;Allein;auch Schweres\n", "utf-8"
    )
    catalog, _ = read(tmp_path, table, scale=scale)
    assert labels(catalog) == ["1 Gesehen", "2 Mit Anleitung", "4 Allein"]
    assert catalog.scale("skill").points[2].anchor == "auch Schweres"


@pytest.mark.parametrize("text", ["- {value: 0, label: No}\n- {value: 3, label: Yes}\n", "0: No\n3: Yes\n"])
def test_a_scale_in_yaml(tmp_path: Path, text: str) -> None:
    """A scale's points may stand in a YAML file, as a list or as a mapping."""
    (tmp_path / "scale.yaml").write_text(text)
    catalog, _ = read(tmp_path, "Role,Skill,Level\nA,SQL,3\nB,SQL,yes\n", scale=tmp_path / "scale.yaml")
    assert (labels(catalog), levels(catalog)) == (["0 No", "3 Yes"], {"A": {"SQL": 3}, "B": {"SQL": 3}})


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"scale": "0-40"}, "bad-scale"),
        ({"scale": "wide"}, "unknown-ladder"),
        ({"scale": "gone.csv"}, "not-readable"),
        ({"ladder": "wizards"}, "unknown-ladder"),
        ({"ladder": "dreyfus", "scale": "0-5"}, "two-scales"),
    ],
)
def test_scales_that_are_none(tmp_path: Path, more: dict[str, str], code: str) -> None:
    """A scale or a ladder that cannot be read is told."""
    assert [told.rpartition("[")[2] for told in wrong(tmp_path, "Role,Skill,Level\nA,B,1\n", **more)] == [f"{code}]"]


def test_the_ends_of_a_scale(tmp_path: Path) -> None:
    """The ends come from a header that says them, else from the levels; 0-7 with decimals stays as it is."""
    catalog, _ = read(tmp_path, "Role,Skill,Level (0-7)\nA,SQL,2.75\nA,R,5.12\n")
    assert (labels(catalog)[-1], levels(catalog)) == ("7 Level 7", {"A": {"SQL": 2.75, "R": 5.12}})
    catalog, _ = read(tmp_path, "Role,Skill,Level\nA,SQL,2/5\nA,R,5/5\n")
    assert labels(catalog)[-1] == "5 Level 5"
    assert "[level-off-scale]" in wrong(tmp_path, "Role,Skill,Level (1-5)\nA,SQL,0\nA,R,3\n")[0]


def test_a_column_of_labels(tmp_path: Path) -> None:
    """Words beside the numbers name the points."""
    catalog, _ = read(tmp_path, "Role,Skill,Level,Level name\nA,SQL,1,Seen\nA,R,2,Done\nB,R,1,Seen\n")
    assert labels(catalog) == ["0 Level 0", "1 Seen", "2 Done"]


LADDERS = [
    ("L1, L2, L4", [1, 2, 4]),
    ("Level 1, Level 3, Level 2", [1, 3, 2]),
    ("1 - Novice, 2 - Able, 3 - Expert", [1, 2, 3]),
    ("Novice (1), Able (2), Expert (3)", [1, 2, 3]),
    ("1. Novice, 2. Able, 3. Expert", [1, 2, 3]),
    ("Stufe 1, Stufe 2, Stufe 3", [1, 2, 3]),
    ("niveau 2, niveau 1, Niveau 3", [2, 1, 3]),
    ("★, ★★, ★★★", [1, 2, 3]),
    ("1/4, 2/4, 4/4", [1, 2, 4]),
    ("Beginner, Advanced, Master", [1, 3, 5]),
    ("Follow, Assist, Set strategy inspire mobilise", [1, 2, 7]),
    ("Novice, Competent, Expert", [1, 3, 5]),
    ("A1, B2, C2", [1, 4, 6]),
    ("Remember, Apply, Create", [1, 3, 6]),
    ("Anfänger, Fortgeschrittene, Experte", [1, 2, 3]),
    ("Grundkenntnisse, gute Kenntnisse, sehr gute Kenntnisse", [1, 2, 3]),
    ("Kenner, Könner, Experte", [1, 2, 3]),
    ("Débutant, Confirmé, Expert", [1, 2, 4]),
    ("Notions, Pratique, Maîtrise", [1, 2, 3]),
    ("faible, moyen, élevé", [1, 2, 3]),
    ("Básico, Intermedio, Experto", [1, 2, 4]),
    ("bajo, medio, alto", [1, 2, 3]),
    ("essential, optional, Essential", [2, 1, 2]),
    ("I, II, IV", [1, 2, 4]),
]


@pytest.mark.parametrize(("words", "expected"), LADDERS)
def test_ladders_are_known_by_their_words(tmp_path: Path, words: str, expected: list[int]) -> None:
    """Levels with numbers, and words of known ladders in four languages, are read in their order."""
    rows = "".join(f"A,Skill {n},{word}\n" for n, word in enumerate(words.split(", ")))
    catalog, notes = read(tmp_path, f"Role,Skill,Level\n{rows}")
    assert list(catalog.roles[0].expected.values()) == expected
    assert {"levels-of-words", "scale-taken"} & set(notes)


def test_words_beside_numbers_name_the_points(tmp_path: Path) -> None:
    """Of "1 - Novice" the word is the point's label; where each skill has words of its own they are its anchors."""
    catalog, _ = read(tmp_path, "Role,Skill,Level\nA,SQL,1 - Novice\nA,R,3 - Pro\n")
    assert labels(catalog) == ["0 Level 0", "1 Novice", "2 Level 2", "3 Pro"]
    catalog, _ = read(tmp_path, "Role,Skill,Level\nA,SQL,2: joins tables\nA,R,2: draws plots\n")
    assert labels(catalog)[2] == "2 Level 2"
    assert [dict(activity.anchors) for activity in catalog.activities] == [{2: "joins tables"}, {2: "draws plots"}]


@pytest.mark.parametrize("word", ["n/a", "NC", "-", "not required", "entfällt", "s.o.", "no aplica", ""])
def test_no_level_is_told(tmp_path: Path, word: str) -> None:
    """What stands for no level is left out, and told with the role that falls away."""
    catalog, notes = read(tmp_path, f"Role,Skill,Level\nA,SQL,2\nB,SQL,{word}\n")
    assert levels(catalog) == {"A": {"SQL": 2}}
    assert "1 role (B)" in notes["levels-left-out"].found


@pytest.mark.parametrize(
    ("rows", "culprit"),
    [
        ("A,SQL,1\nA,R,2\nA,Go,Wizard\nB,Go,Wizard", "row 4, column Level: 'Wizard' (2 times)"),
        ("A,SQL,Novice\nA,R,Expert\nA,Go,Wizard", "row 4, column Level: 'Wizard'"),
        ("A,SQL,1\nA,R,TRUE", "row 3, column Level: 'TRUE'"),
        ("A,SQL,1\nA,R,80%", "row 3, column Level: '80%'"),
        ("A,SQL,1\nA,R,2026-01-02", "row 3, column Level: '2026-01-02'"),
        ("A,SQL,1/3\nA,R,2/5", "row 2, column Level: '1/3'"),
    ],
)
def test_the_culprit_is_told(tmp_path: Path, rows: str, culprit: str) -> None:
    """One level that fits no other is told with its row, and only that."""
    told = wrong(tmp_path, f"Role,Skill,Level\n{rows}\n")
    assert [culprit in line and "[unknown-levels]" in line for line in told] == [True]
    assert "ladder=" in told[0]


def test_words_against_their_numbers(tmp_path: Path) -> None:
    """Numbers that fall while their words rise are no levels; a named ladder goes by the words."""
    table = "Role,Skill,Level\nA,SQL,1 - Expert\nA,R,2 - Advanced\nB,R,3 - Novice\n"
    assert "3 texts where levels should be: '1 - Expert'" in wrong(tmp_path, table)[0]
    catalog, _ = read(tmp_path, table, ladder="Novice, Advanced, Expert")
    assert levels(catalog) == {"A": {"SQL": 3, "R": 2}, "B": {"R": 1}}


def test_errors_of_a_spreadsheet_are_no_names(tmp_path: Path) -> None:
    """An error in any cell is refused, also where a name stands."""
    problems = wrong(tmp_path, "Role,Skill,Level\nA,#REF!,2\nB,SQL,#N/A\n")
    assert ["row 2" in problems[0], "row 3" in problems[1]] == [True, True]


def test_a_role_without_rows_is_told(tmp_path: Path) -> None:
    """The heading of an outline with nothing below it is a role left out, and not in silence."""
    _, notes = read(tmp_path, "Role,Skill,Level\nA,,\n,SQL,2\nC,,\n")
    assert notes["levels-left-out"].found.startswith("'C': ")


def test_two_columns_of_levels(tmp_path: Path) -> None:
    """Two columns that may both be the level are a question where they differ; --map answers it."""
    table = "Role,Skill,Level,Target level\nA,SQL,2,{}\n"
    [problem] = wrong(tmp_path, table.format(3))
    assert "'Target level' and 'Level' may both be the level" in problem
    assert levels(read(tmp_path, table.format(2))[0]) == {"A": {"SQL": 2}}
    assert levels(read(tmp_path, table.format(3), mapping={"level": "Level"})[0]) == {"A": {"SQL": 2}}


def test_own_words_are_named(tmp_path: Path) -> None:
    """Words of no known ladder are all told in one answer, and read when --ladder gives their order."""
    table = "Role,Skill,Level\nA,SQL,Owl\nA,R,Hawk\nB,R,Wren\n"
    [problem] = wrong(tmp_path, table)
    assert "3 texts where levels should be: 'Owl', 'Hawk', 'Wren'" in problem
    catalog, _ = read(tmp_path, table, ladder="Wren, Hawk, Owl")
    assert (labels(catalog)[1:], levels(catalog)["A"]) == (["1 Wren", "2 Hawk", "3 Owl"], {"SQL": 3, "R": 2})


# Headers


@pytest.mark.parametrize(
    "header",
    [
        *("Role;Skill;Expected level;Area", "Rolle;Kompetenz;Soll-Niveau;Bereich"),
        *("Rôle;Compétence;Niveau attendu;Domaine", "Puesto;Competencia;Nivel esperado;Área"),
        *("Ruolo;Competenza;Livello atteso;Ambito", "Cargo;Competência;Nível esperado;Domínio"),
        *("Functie;Vaardigheid;Verwacht niveau;Domein", "jobTitle;SKILL_NAME;Required Level (1-5);Skill Category"),
    ],
)
def test_headers_in_seven_languages(tmp_path: Path, header: str) -> None:
    """Headers are known in seven languages, with any case, accents and signs."""
    catalog, notes = read(tmp_path, f"{header}\nA;SQL;2;Data\nB;SQL;5;Data\n")
    assert (levels(catalog), catalog.areas[0].name) == ({"A": {"SQL": 2}, "B": {"SQL": 5}}, "Data")
    assert set(notes) == {"scale-taken"}


def test_tables_in_memory() -> None:
    """A list of dictionaries and a DataFrame are tables as well."""
    rows: list[dict[str, object]] = [
        {"role": "A", "skill": "SQL", "level": 2.5},
        {"role": "B", "skill": "SQL", "level": 1},
    ]
    assert (
        levels(gs.load_catalog(rows))
        == levels(gs.load_catalog(pandas.DataFrame(rows)))
        == {
            "A": {"SQL": 2.5},
            "B": {"SQL": 1},
        }
    )
    with pytest.raises(gs.InputError, match="not-a-table"):
        gs.load_catalog(7)


def test_a_table_that_is_too_large() -> None:
    """A table of more columns than any framework has is refused."""
    with pytest.raises(gs.InputError, match="table-too-large"):
        gs.load_catalog([{"skill": "SQL", **{f"Role {n}": 1 for n in range(600)}}])


@pytest.mark.parametrize("area", [["Area"], []])
def test_a_workbook_with_a_tab_for_each_role(tmp_path: Path, area: list[str]) -> None:
    """Tabs with skills and levels and no role are a role each; hidden ones and one of something else are told."""
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active.append(["Please", "read"])
    for role, level in (("Analyst", 2), ("Lead", 4)):
        tab = book.create_sheet(role)
        for row in (["How we work"], ["Skill", "Level", *area], ["SQL", level, *area]):
            tab.append(row)
    old = book.create_sheet("Old")
    old.sheet_state = "hidden"
    old.append(["Skill", "Level"])
    old.append(["SQL", 1])
    book.save(tmp_path / "roles.xlsx")
    catalog, notes = gs.read_catalog(tmp_path / "roles.xlsx")
    assert levels(catalog) == {"Analyst": {"SQL": 2}, "Lead": {"SQL": 4}}
    told = ["not read, as it is hidden: 'Old'", "not read, as it holds no such table: Notes"]
    assert [note.found for note in notes if note.code == "other-tabs"] == told


# Texts that are no catalogs


@pytest.mark.parametrize(
    ("name", "text", "like"),
    [
        (
            "a.yaml",
            "apiVersion: v1\nkind: Role\nroles:\n  - name: x\n---\nkind: Role\n",
            ": it looks like a Kubernetes manifest",
        ),
        ("a.yaml", "- hosts: all\n  roles: [web]\n", ": it looks like an Ansible playbook"),
        ("a.json", '{"name": "x", "version": "1", "dependencies": {}}', ": it looks like the package.json of a Java"),
        ("a.yaml", "roles:\n  - title: Dev\n    skills: [{name: SQL, level: 2}]\n", "a text with the fields roles; "),
        ("a.yaml", "Dev: {SQL: 2}\nLead: {SQL: 3}\n", "a text with the fields Dev, Lead; "),
        ("a.json", '[{"name": "x"}, {"name": "y"}]', "a list of 2 items with the fields name; "),
    ],
)
def test_what_is_no_catalog_gets_one_answer(tmp_path: Path, name: str, text: str, like: str) -> None:
    """A file of another program, or of a shape that is not read, is told once, with what it looks like."""
    [problem] = wrong(tmp_path, text, name)
    assert like in problem
    assert "docs/frameworks.md" in problem


@pytest.mark.parametrize("name", ["rows.json", "rows.yaml"])
def test_rows_in_text_are_a_table(tmp_path: Path, name: str) -> None:
    """A list of entries that each say a role, an activity and a level is read like a table, in JSON and in YAML."""
    catalog, _ = read(
        tmp_path, '[{"role": "Dev", "skill": "SQL", "level": 2}, {"role": "Lead", "skill": "SQL", "level": 3}]', name
    )
    assert levels(catalog) == {"Dev": {"SQL": 2}, "Lead": {"SQL": 3}}
    assert "[yaml-tag]" in wrong(tmp_path, "- {role: Dev, skill: SQL, level: !!int 2}\n", "a.yaml")[0]


def test_a_list_of_skills_in_json_takes_the_options_of_a_table(tmp_path: Path) -> None:
    """Entries with a text for each level are a matrix once it is said which field is the activity."""
    text = (
        '[{"name": "SQL", "low": "Reads", "high": "Plans all"}, {"name": "R", "low": "Runs it", "high": "Teaches it"}]'
    )
    assert "[not-a-catalog]" in wrong(tmp_path, text, "skills.json")[0]
    catalog, _ = read(tmp_path, text, "skills.json", mapping={"activity": "name"})
    assert levels(catalog) == {"low": {"SQL": 1, "R": 1}, "high": {"SQL": 2, "R": 2}}


@pytest.mark.parametrize("word", ["NVQ {}", "P{}", "Band-{}"])
def test_levels_after_a_word_that_all_have(tmp_path: Path, word: str) -> None:
    """Numbers after the same word or letter are levels; after different ones they are asked about."""
    rows = "".join(f"Dev,{skill},{word.format(n)}\n" for n, skill in enumerate(["SQL", "R", "C"], 1))
    assert levels(read(tmp_path, f"Role,Skill,Level\n{rows}")[0]) == {"Dev": {"SQL": 1, "R": 2, "C": 3}}
    assert "[unknown-levels]" in wrong(tmp_path, f"Role,Skill,Level\n{rows}Dev,Go,Q4\n")[0]


def test_the_same_name_with_and_without_areas(tmp_path: Path) -> None:
    """A name that stands in two areas and once without one is three activities, and all three are told."""
    _, notes = read(tmp_path, "Role,Skill,Level,Area\nDev,Talks,2,People\nDev,Talks,3,Delivery\nLead,Talks,3,\n")
    assert "talks (People, Delivery), talks (no area)" in notes["names-in-areas"].found
