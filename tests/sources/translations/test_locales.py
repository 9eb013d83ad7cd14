"""The language of each person's workbook: as the roster says, in one build, and read back in any of them."""

from __future__ import annotations

import io
from email import message_from_bytes
from pathlib import Path

import openpyxl
import pytest

import growthsheet as gs
from growthsheet.model.translated import catalog_texts, in_language
from growthsheet.sources.rosters.locales import locale_of
from growthsheet.sources.translations.load import language_for, load_language
from growthsheet.tasks.letters import agendas, write_invitations
from tests.filling import fill
from tests.sources.translations.test_translations import folder, po

WORDS = {
    "Assessment": "Einschätzung",
    "Gap": "Lücke",
    "Skill": "Können",
    "Plan": "Vorhaben",
    "1:1 with {name}": "Gespräch mit {name}",
    "Your growth plan: {cycle}": "Dein Plan: {cycle}",
}
CATALOG = {"Solve a ticket": "Ein Ticket lösen", "Agent": "Beraterin", "Tickets": "Anfragen", "Aware": "Bekannt"}


def translations(home: Path) -> Path:
    """A folder with German words for the workbook and for the catalog ``support``."""
    made = folder(home, WORDS)
    (made / "de" / "LC_MESSAGES" / "support.po").write_text(po(CATALOG), encoding="utf-8")
    return made


def support() -> gs.Catalog:
    """A small catalog."""
    tickets = {"Tickets": ["Solve a ticket", "Write a help page"]}
    return gs.Catalog(name="Support", id="support", activities=tickets, roles={"Agent": {"Solve a ticket": 3}})


def team(home: Path) -> gs.Roster:
    """Ana reads German, Bo what the build says, Cy a language that nobody translated; Ana manages Bo."""
    rows = [
        {
            "id": "1",
            "name": "Ana",
            "email": "a@example.com",
            "title": "Agent",
            "manager": "",
            "Preferred language": "German (Germany)",
        },
        {"id": "2", "name": "Bo", "email": "b@example.com", "title": "Agent", "manager": "1", "Preferred language": ""},
        {
            "id": "3",
            "name": "Cy",
            "email": "c@example.com",
            "title": "Agent",
            "manager": "2",
            "Preferred language": "tlh",
        },
        {
            "id": "4",
            "name": "Di",
            "email": "d@example.com",
            "title": "Agent",
            "manager": "2",
            "Preferred language": "fi",
        },
    ]
    english = load_language("en", translations(home))
    return gs.load_roster(rows, catalog=support()).with_options(language=english)


def texts(data: bytes) -> set[str]:
    """The texts of a workbook, tabs included."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    return cells | set(book.sheetnames)


def test_everybody_reads_their_own_language(tmp_path: Path) -> None:
    """In one build a person's workbook and a manager's are in their languages; the others are in that of the build."""
    roster = team(tmp_path)
    german = {"Einschätzung", "Lücke", "Ein Ticket lösen", "Beraterin", "Anfragen"}
    assert german <= texts(roster.person("1").to_bytes())
    assert {"Lücke", "Ein Ticket lösen"} <= texts(roster.team("1").to_bytes())
    for other in (roster.person("2"), roster.team("2"), roster.organization()):
        assert not german & texts(other.to_bytes())
        assert "Solve a ticket" in texts(other.to_bytes())
    told = {problem.place: problem.code for problem in roster.problems}
    assert told["locale fi"] == "no-translation"
    assert "unknown-language" in told.values()


def test_read_back_in_any_language(tmp_path: Path) -> None:
    """Workbooks of several languages are collected together, also where the names of their columns were removed."""
    roster = team(tmp_path)
    for person in ("1", "2"):
        made = roster.person(person).save(tmp_path / f"{person}.xlsx")
        fill(made, {("assessment", "solve-a-ticket", "skill"): 2})
    stripped = openpyxl.load_workbook(tmp_path / "1.xlsx")
    for name in list(stripped.defined_names):
        del stripped.defined_names[name]
    stripped.save(tmp_path / "1.xlsx")
    collected = gs.collect([tmp_path / "1.xlsx", tmp_path / "2.xlsx"], roster=roster)
    assert {(each.person, each.skill) for each in collected.answers.ratings} == {("1", 2), ("2", 2)}


def test_letters_in_the_language_of_their_reader(tmp_path: Path) -> None:
    """An agenda is in the manager's language, an invitation in that of whoever gets it."""
    roster = team(tmp_path)
    found = agendas(roster)
    assert found["2"].startswith("# Gespräch mit Bo")
    assert found["4"].startswith("# 1:1 with Di")
    write_invitations(roster, tmp_path / "letters")
    subjects = [message_from_bytes(path.read_bytes())["Subject"] for path in sorted(tmp_path.rglob("*.eml"))]
    assert [subject.startswith("Dein Plan") for subject in subjects] == [True, False, False, False]


def test_texts_of_a_catalog() -> None:
    """Every text of a catalog but other names of roles is translated; ids, levels and thresholds stay."""
    catalog = support()
    language = gs.Language("xx", catalogs={"support": {text: text.upper() for text in catalog_texts(catalog)}})
    there = in_language(catalog, language)
    assert there.activities[0].name == "SOLVE A TICKET"
    assert (there.scale("skill").points[1].label, there.roles[0].name, there.areas[0].name) == (
        *("AWARE", "AGENT", "TICKETS"),
    )
    assert [role.expected for role in there.roles] == [role.expected for role in catalog.roles]
    assert (there.id, there.version, there.thresholds) == (catalog.id, catalog.version, catalog.thresholds)
    assert in_language(catalog, gs.Language("yy")) is catalog


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *[
            ("fr-CA", "fr_CA"),
            ("FR", "fr"),
            ("Français", "fr"),
            ("Alemán", "de"),
            ("en (US)", "en"),
            ("ドイツ語", "de"),
        ],
        *[("native", None), ("German / French", None), ("12", None), ("-", ""), ("", "")],
    ],
)
def test_how_a_language_is_written(text: str, code: str | None) -> None:
    """Codes and names in many languages are known; what names none, or two, is told."""
    assert locale_of(text) == code


def test_a_region_of_the_build_language(tmp_path: Path) -> None:
    """Somebody whose locale is a region of the build's language reads the build's language."""
    german = load_language("de", translations(tmp_path))
    assert language_for("de_CH", german) is german
    assert language_for("en_GB", german) == gs.Language()
    assert language_for("fi", german) is None
