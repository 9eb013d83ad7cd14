"""How near a role is: each sentence with its cases."""

from __future__ import annotations

from growthsheet.measures import career as m
from tests.expr.asking import Blank
from tests.measures.saying import Case, says

NO = Blank.FORMULA
GAPS = [0, 0.01, 1, 1.01, 4, NO, None, 0]

CASES: dict[str, list[Case]] = {
    "Each expected activity is met, up to one level short, more short, or not rated.": [
        says(m.met, 2, gaps=GAPS),
        says(m.one_short, 2, gaps=GAPS),
        says(m.more_short, 2, gaps=GAPS),
        says(m.not_rated, 2, role_count=8, rated_count=5, not_applicable=1),
        says(m.not_rated, None, role_count=None, rated_count=None, not_applicable=None),
        says(m.met, 0, gaps=[1, NO]),
        says(m.met, None, gaps=[NO, None]),
        says(m.one_short, None, gaps=[NO, None]),
        says(m.more_short, None, gaps=[NO, None]),
    ],
    "New is what the role expects and the current one does not; an expected 0 is expected.": [
        says(m.new_count, 1, expectations=[3, 0, NO, 2.5], expected_here=[1, None, 1, 1]),
        says(m.new_count, 0, expectations=[3, NO], expected_here=[1, None]),
        says(m.newness, "New", there=0, here=None),
        says(m.newness, "New", there=3, here=NO),
        says(m.newness, None, there=3, here=0),
        says(m.newness, None, there=None, here=None),
    ],
    "A chosen role has a place of its own unless it is one of the roles ahead.": [
        says(m.place_ahead, 2, slot=2, near=3, chosen_at=None),
        says(m.place_ahead, 4, slot=4, near=3, chosen_at=5),
        says(m.place_ahead, None, slot=4, near=3, chosen_at=3),
        says(m.place_ahead, None, slot=4, near=3, chosen_at=NO),
        says(m.place_ahead, None, slot=4, near=3, chosen_at=None),
    ],
    "The activities of a role are sorted by their gap, largest first; those not rated come last.": [
        says(m.gap_there_key, -2, there=3, gap=2),
        says(m.gap_there_key, 0, there=3, gap=0),
        says(m.gap_there_key, 1, there=0, gap=NO),
        says(m.gap_there_key, None, there=NO, gap=NO),
    ],
    "The role of one's choice has its name, or a sentence that says what to do.": [
        says(m.chosen_name, "Lead", label="Lead"),
        says(m.chosen_name, "Choose a role at the top: the activities that it expects are listed here.", label=None),
    ],
    "Evidence is given or not yet, where the role expects the activity and it is rated.": [
        says(m.evidence_given, "Given", there=3, used=2, evidence="Led the launch"),
        says(m.evidence_given, "Given", there=3, used=0, evidence=2026),
        says(m.evidence_given, "None yet", there=3, used=2, evidence=None),
        says(m.evidence_given, "None yet", there=3, used=2, evidence=NO),
        says(m.evidence_given, None, there=3, used=NO, evidence=None),
        says(m.evidence_given, None, there=None, used=2, evidence="Led the launch"),
    ],
}
