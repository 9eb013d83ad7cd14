"""Problems are gathered up to a limit, and what is beyond it is counted."""

from growthsheet.errors import Problem
from growthsheet.text.problem_list import MOST_OF_A_KIND, ProblemList


def test_the_rest_of_a_kind_is_counted() -> None:
    """Of one code and severity the first 50 are kept, then their number; other codes and severities count alone."""
    findings = ProblemList("a.csv", [Problem("bad", f"row {n}") for n in range(MOST_OF_A_KIND + 2)])
    for number in range(MOST_OF_A_KIND + 1):
        findings.note("bad", f"row {number}", "odd")
    findings.error("worse", "row 1")
    more = Problem("bad", "a.csv", "2 more of the same"), Problem("bad", "a.csv", "1 more of the same", severity="note")
    assert (len(findings.all), findings.all[-2:]) == (2 * MOST_OF_A_KIND + 3, more)
    assert (len(findings.notes), findings.notes[-1]) == (MOST_OF_A_KIND + 1, more[1])
