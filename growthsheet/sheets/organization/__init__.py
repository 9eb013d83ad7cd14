"""The tabs of an organization's workbook: dated snapshots, made from the survey of all people."""

from growthsheet.sheets.organization.bench import BENCH, organization_bench
from growthsheet.sheets.organization.calibration import CALIBRATION, calibration
from growthsheet.sheets.organization.coverage import organization_coverage as coverage
from growthsheet.sheets.organization.overview import organization_overview
from growthsheet.sheets.organization.people_by_activity import PEOPLE_BY_ACTIVITY, people_by_activity
from growthsheet.sheets.organization.teams_by_area import TEAMS_BY_AREA, teams_by_area
from growthsheet.sheets.organization.training_budget import organization_training_budget as budget

__all__ = [
    "BENCH",
    "CALIBRATION",
    "PEOPLE_BY_ACTIVITY",
    "TEAMS_BY_AREA",
    "budget",
    "calibration",
    "coverage",
    "organization_bench",
    "organization_overview",
    "people_by_activity",
    "teams_by_area",
]
