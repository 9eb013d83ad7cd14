"""What rosters, catalogs and settings may be told, by code: the least that brings each about."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import growthsheet as gs
from growthsheet.errors import InputError
from growthsheet.tasks.settings import load_settings
from tests.making import small_catalog

TITLE = "Product manager"
PLAIN, PAID = "id,name,title,manager", "id,name,title,Annual Salary,currency"

ROSTERS: dict[str, tuple[list[str], Mapping[str, Any]]] = {
    "ambiguous-manager": ([PLAIN, f"1,Ana,{TITLE},", f"2,Ana,{TITLE},", f"3,Bo,{TITLE},Ana"], {}),
    "decimal-marks-mixed": ([PAID, f'1,Ana,{TITLE},"1.234,56",EUR', f'2,Bo,{TITLE},"1,234.56",EUR'], {}),
    "ends-before-start": (["id,name,title,start,end", f"1,Ana,{TITLE},2026-05-01,2026-04-30"], {}),
    "manager-cycle": ([PLAIN, f"1,Ana,{TITLE},2", f"2,Bo,{TITLE},1"], {}),
    "never-read": (["id,name,title,Birth date", f"1,Ana,{TITLE},1990-01-01"], {"map": {"team": "Birth date"}}),
    "no-column": (["name,title,manager", f"Ana,{TITLE},"], {}),
    "part-time-pay-unclear": (["id,name,title,Annual Salary,currency,fte", f"1,Ana,{TITLE},90000,EUR,0.6"], {}),
    "unknown-basis": ([PAID + ",basis", f"1,Ana,{TITLE},90000,EUR,per sprint"], {}),
    "unknown-currency": ([PAID, f"1,Ana,{TITLE},90000,Taler"], {}),
}


@pytest.mark.parametrize("code", ROSTERS)
def test_rosters(code: str, tmp_path: Path) -> None:
    """A roster with one thing wrong is told just that, with its place."""
    lines, options = ROSTERS[code]
    path = tmp_path / "people.csv"
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(InputError) as caught:
        gs.load_roster(path, catalog=small_catalog(), **options)
    assert [code] == [problem.code for problem in caught.value.problems]
    assert caught.value.problems[0].place


def test_a_team_among_several_columns(tmp_path: Path) -> None:
    """Of several columns that may be the team one is taken, and that is noted."""
    path = tmp_path / "people.csv"
    path.write_text(f"id,name,title,Department,Division\n1,Ana,{TITLE},Sales,North", "utf-8")
    assert "team-column" in [note.code for note in gs.load_roster(path, catalog=small_catalog()).reading.notes]


CATALOGS: dict[str, Mapping[str, Any]] = {
    "level-too-fine": {"roles": [{"id": "r", "name": "R", "expected": {"talk": 1.005}}]},
    "no-scale": {"scales": []},
    "replaces-itself": {"activities": [{"id": "talk", "name": "Talk", "area": "a", "replaces": ["talk"]}]},
    "threshold-off-scale": {"thresholds": {"covered": 9}},
}


@pytest.mark.parametrize("code", CATALOGS)
def test_catalogs(code: str) -> None:
    """A catalog with one thing wrong is told so."""
    points = [{"value": value, "label": str(value)} for value in range(5)]
    right = {
        "id": "tiny",
        "version": "1",
        "name": "Tiny",
        "scales": [{"id": name, "name": name, "points": points} for name in ("skill", "experience", "interest")],
        "areas": [{"id": "a", "name": "Area"}],
        "activities": [{"id": "talk", "name": "Talk", "area": "a"}],
        "roles": [{"id": "r", "name": "R", "expected": {"talk": 2}}],
    }
    assert gs.load_catalog(right).id == "tiny"
    with pytest.raises(InputError) as caught:
        gs.load_catalog({**right, **CATALOGS[code]})
    assert {code} == {problem.code for problem in caught.value.problems}


def test_settings(tmp_path: Path) -> None:
    """Settings that are no TOML are refused with the line."""
    path = tmp_path / "growthsheet.toml"
    path.write_text('cycle = "spring"\nrate = three', "utf-8")
    with pytest.raises(InputError) as caught:
        load_settings(path)
    [problem] = caught.value.problems
    assert (problem.code, problem.place.endswith("growthsheet.toml, line 2, column 8")) == ("broken-toml", True)
