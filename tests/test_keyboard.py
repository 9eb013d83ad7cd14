"""A person rates with the keyboard alone, in a window of LibreOffice."""

from __future__ import annotations

from pathlib import Path

import pytest

from growthsheet.model import Answers
from growthsheet.returns.collect import collect
from growthsheet.tasks.demo import sample
from tests.proof import office
from tests.proof.engines import require

KEYS_A_ROW = 6


@pytest.mark.slow
@pytest.mark.engines
def test_forty_activities_are_rated_with_digits_tab_and_enter(tmp_path: Path) -> None:
    """Six keys a row, from where the cursor stands on the tab, rate 40 activities; what is collected is as typed."""
    require("screen")
    roster = sample().with_answers(Answers(cycles=(sample().cycle,)))
    plan = roster.person("Lena Fischer")
    activities = [row["key"][2:] for row in plan.book().tables["assessment"].rows][:40]
    wanted = {activity: (n % 5, (n + 3) % 5, n % 4) for n, activity in enumerate(activities)}
    keys = "".join("{}\t{}\t{}\n".format(*ratings) for ratings in wanted.values())
    file, out = plan.save(tmp_path / "plan.xlsx"), tmp_path / "returned" / "plan.xlsx"
    out.parent.mkdir()

    office.by_uno("tests.proof.keyboard", str(file), "Assessment", keys, str(out))

    collected = collect(out.parent, roster=roster)
    rated = {each.activity: (each.skill, each.experience, each.interest) for each in collected.answers.ratings}
    assert (rated, {p.code for p in collected.problems}) == (wanted, {"nothing-came"})
    assert len(keys) == KEYS_A_ROW * 40
