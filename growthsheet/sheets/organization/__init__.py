"""The tabs of an organization's workbook: dated snapshots, made from the survey of everybody."""

from growthsheet.sheets.organization.bench import BENCH, bench
from growthsheet.sheets.organization.calibration import CALIBRATION, calibration
from growthsheet.sheets.organization.coverage import organization_coverage as coverage
from growthsheet.sheets.organization.overview import overview
from growthsheet.sheets.organization.people_by_activity import PEOPLE, people
from growthsheet.sheets.organization.teams_by_area import AREAS, areas
from growthsheet.sheets.organization.training_budget import organization_budget as budget

__all__ = [
    "AREAS",
    "BENCH",
    "CALIBRATION",
    "PEOPLE",
    "areas",
    "bench",
    "budget",
    "calibration",
    "coverage",
    "overview",
    "people",
]
