"""Text and pages from templates."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

import growthsheet as gs
from growthsheet.render import render

AS_OF = date(2026, 3, 1)


def roster(name: str = "Ana Ruiz") -> gs.Roster:
    """A manager and one person with two ratings."""
    people = [
        {"id": "M", "name": "Maya Lind", "title": "Group Product Manager", "annual salary": 150000},
        {"id": "A", "name": name, "title": "Product Manager", "annual salary": 120000, "manager": "M"},
    ]
    loaded = gs.load_roster(people, currency="USD", as_of=AS_OF)
    ratings = (
        gs.Rating(cycle="2026", person="A", activity="pricing", skill=0, experience=1, interest=3),
        gs.Rating(cycle="2026", person="A", activity="roadmap", skill=4, experience=3, interest=2),
    )
    return loaded.with_answers(gs.Answers(ratings=ratings))


class Texts(HTMLParser):
    """Collects the texts of a page, and counts its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.texts.append(data.strip())

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


def test_a_page_shows_the_numbers_of_the_workbook() -> None:
    """The page of a person shows the gap, the route and the allocation that the workbook shows."""
    plan = roster().person("A")
    gap = next(row["gap"] for row in plan.gaps() if row["activity_id"] == "pricing")
    page = plan.to_html()
    row = re.search(r"<tr><td[^>]*>Strategy and business</td><td[^>]*>Set prices and packages</td>.*?</tr>", page)
    assert gap == 2
    assert row is not None
    assert ">2</td>" in row[0]
    assert ">Train</td>" in row[0]
    assert "USD 3,600.00" in Texts(page).texts


def test_a_page_stands_alone() -> None:
    """A page loads nothing from anywhere and runs nothing."""
    page = roster().team("M").to_html()
    assert re.findall(r"(?:src|href)=\"(?!#)", page) == []
    assert "script" not in Texts(page).tags
    assert "default-src 'none'" in page


def test_names_are_text_in_a_page() -> None:
    """A name that looks like markup is shown, not obeyed."""
    name = "<script>alert(1)</script> & {{ 7 * 7 }}"
    page = Texts(roster(name).person("A").to_html())
    assert "script" not in page.tags
    assert f"Professional Growth Plan: {name}" in page.texts


def test_a_users_folder_overrides_a_template(tmp_path: Path) -> None:
    """A template of the user's own comes first and can build on the shipped one."""
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "invitation.txt").write_text('{% include "builtin/text/invitation.txt" %}\nSee you!\n')
    text = render("text/invitation.txt", {"name": "Ana", "cycle": "2026", "attached": False}, tmp_path)
    assert text.startswith("Subject: Your growth plan: 2026")
    assert text.endswith("See you!\n")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ok\n{{ salary }}", "mine.txt:2"),
        ("{% if %}", "mine.txt:1"),
        ("{{ ''.__class__.__mro__ }}", "mine.txt:1"),
        ("\n\n{% include 'none' %}", "mine.txt:3"),
    ],
)
def test_a_broken_template_is_one_clear_problem(tmp_path: Path, text: str, place: str) -> None:
    """A template that is broken, or reaches for what it was not given, is told with its place."""
    (tmp_path / "mine.txt").write_text(text)
    with pytest.raises(gs.InputError) as raised:
        render("mine.txt", {"name": "Ana"}, tmp_path)
    (problem,) = raised.value.problems
    assert problem.code == "broken-template"
    assert problem.place == place
