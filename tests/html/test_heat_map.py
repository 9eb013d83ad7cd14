"""What notebooks show: a heat map of a team, small tables, and nothing that glares on a dark page or tells of pay."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import pytest

import growthsheet as gs
from growthsheet.html.heat_map import ACTIVITIES_IN_NOTEBOOK, PEOPLE_IN_NOTEBOOK
from growthsheet.model.html_table import ROWS_SHOWN
from growthsheet.workbook.results import tint
from growthsheet.workbook.styles import COLOR_SCALES, CellColors
from tests.making import builtin, family, person, rating, roster, salary, small_catalog


def large_team() -> gs.Team:
    """A team of 15 people with all 45 activities of the built-in catalog; only the last two people have gaps."""
    role = builtin().roles[0].id
    people = [person("M", role=role), *(person(f"P{n}", role=role, manager="M") for n in range(15))]
    activities = list(builtin().roles[0].expected)
    said = [rating(id, activities[-1], 0, 1, 2) for id in ("P13", "P14")] + [rating("P0", activities[0], 4, 1, 2)]
    return roster(people, catalog=builtin(), answers=gs.Answers(ratings=said)).team("M")


def rows_of(html: str) -> list[list[str]]:
    """The texts of each row of the body."""
    return [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in re.findall(r"<tr>(<td.*?)</tr>", html)]


def test_a_team_is_a_heat_map_of_people_and_activities() -> None:
    """Each cell has the gap, n/a, a dash for what is not rated, or nothing where the role does not expect it."""
    html = family().team("M")._repr_html_()
    rows = {row[1]: row[2:] for row in rows_of(html)}
    assert re.findall("<th>(.*?)</th>", html) == ["Area", "Activity", "Ana Ruiz", "Bo Lee", "Cy Kim", "Di Woo"]
    assert rows["Pricing"] == ["2.5", "-", "-", "-"]
    assert rows["Launch"] == ["n/a", "-", "", "-"]
    assert rows["Roadmap"] == ["2", "0", "0", "-"]
    assert "Shown:" not in html


def test_a_large_team_is_cut_and_it_is_told() -> None:
    """Of 15 people and more than 25 activities those with the largest gaps are shown, and how many are left out."""
    team = large_team()
    html = team._repr_html_()
    assert len(rows_of(html)) == ACTIVITIES_IN_NOTEBOOK
    assert len(rows_of(html)[0]) == 2 + PEOPLE_IN_NOTEBOOK
    assert (
        f"Shown: {PEOPLE_IN_NOTEBOOK} of 15 people, {ACTIVITIES_IN_NOTEBOOK} of {len(team.view.activities)} activities"
        in html
    )
    assert "Person P13" in html
    assert "Person P14" in html
    assert list(team.view.activities.values())[-1].name in html
    assert f"Rows shown: {ROWS_SHOWN} of {len(team.gaps()):,}" in team.gaps()._repr_html_()


@pytest.mark.parametrize("scale", ["gap", "priority", "met"])
def test_no_gap_does_not_glare(scale: str) -> None:
    """White is no colour at all, so a dark page stays dark; every other colour is the workbook's on a white page."""
    for rule in COLOR_SCALES[scale]:
        style, fill = tint(rule.colors), bytes.fromhex(rule.colors.fill)
        assert (style == "") is (rule.colors.fill == "FFFFFF")
        if style:
            *hue, alpha = map(float, re.findall(r"[\d.]+", style)[:4])
            assert all(abs(255 + alpha * (h - 255) - f) <= 2 for h, f in zip(hue, fill, strict=True))
    assert tint(CellColors("FFFFFF", "1A1A1A")) == ""


def test_small_tables() -> None:
    """A plan, a roster and the organization show small tables; the plan's columns are those that differ."""
    made = family()
    assert "<th>route</th>" in made.person("A")._repr_html_()
    assert "<th>person_id</th>" not in made.person("A")._repr_html_()
    assert rows_of(made._repr_html_())[1] == ["A", "Ana Ruiz", "Product manager", "Mia Boss"]
    assert "Roster of 7 people, 2 teams, cycle 2026" in made._repr_html_()
    assert rows_of(made.organization()._repr_html_())[0][:3] == ["M", "Mia Boss", "Discover"]


def test_a_catalog_is_a_line_or_a_small_table() -> None:
    """A catalog shows itself in a line, in a notebook as its roles with every name escaped; answers show how many."""
    catalog = small_catalog()
    assert repr(catalog) == str(catalog) == "<Catalog small 1.0: scales 3, areas 2, activities 7, roles 2>"
    assert rows_of(catalog._repr_html_()) == [
        ["pm", "Product manager", "any", "5"],
        ["lead", "Lead", "any", "4"],
    ]
    hostile = catalog.roles[0].model_copy(update={"name": "<b>&"})
    renamed = catalog.model_copy(update={"roles": (hostile, *catalog.roles[1:])})
    assert "&lt;b&gt;&amp;</td>" in renamed._repr_html_()
    answers = gs.Answers(ratings=[rating("A", "talks", 1)])
    assert repr(answers) == "<Answers: cycles 0, points 0, ratings 1, plan_items 0, budget_items 0, own_answers 0>"


def test_a_build_writes_nothing_into_a_notebook(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Without a function for progress, a build prints nothing; with one, it is called at most once a workbook."""
    made, told = roster([person("A"), person("B")]), list[gs.Progress]()
    gs.build(made, tmp_path / "silent")
    report = gs.build(made, tmp_path / "told", progress=told.append)
    assert (capfd.readouterr(), report.counts) == (("", ""), {"written": 2})
    assert 1 <= len(told) <= 2


def test_no_pay_is_shown() -> None:
    """No object tells of pay by itself, in a line or in a table."""
    people = [person("M", role="lead"), person("A", manager="M")]
    made = roster(people, [salary("A", 123_456)], currency="USD")
    shown = [made, made.person("A"), made.team("M"), made.organization(), made.reading.pay[0], made.person("A").view]
    for each in shown:
        assert "\n" not in repr(each)
        text = repr(each) + (each._repr_html_() if hasattr(each, "_repr_html_") else "")
        assert not {"123456", "123,456", "3703.68", "3,703.68"} & {*re.findall(r"[\d.,]+\d", text)}


def test_a_heat_map_without_other_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without great_tables, a notebook shows everybody and all activities as a plain table."""
    monkeypatch.setattr("growthsheet.roster.plans.find_spec", lambda name: None)
    found = large_team().heatmap()
    assert repr(found) == f"<heat map of 15 people and {len(large_team().view.activities)} activities>"
    shown = found._repr_html_()
    assert shown.count("<th>") == 2 + 15
    assert shown.count("<tr>") == 1 + len(large_team().view.activities)
    assert 'style="background:rgba(' in shown


def test_a_table_of_great_tables() -> None:
    """With great_tables, all people and activities are in a table of it, with the colours of the workbook.

    Each cell has a background, because the text is dark, and a notebook may be, too.
    """
    found = large_team().heatmap().as_raw_html()
    names = [*large_team().view.headers.values(), *(each.name for each in large_team().view.activities.values())]
    assert [name for name in names if escape(name) not in found] == []
    assert {"#FFFFFF", "#D6E6F4"} <= {*re.findall(r"background-color: (#[0-9A-F]{6})", found)}
    assert [cell for cell in re.findall(r"<td [^>]*gt_row[^>]*>", found) if "background-color" not in cell] == []
