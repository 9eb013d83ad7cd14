"""The tabs of an organization's workbook: dated snapshots, made from the survey of everybody."""

from .areas import AREAS, areas
from .bench import BENCH, bench
from .budget import organization_budget as budget
from .calibration import CALIBRATION, calibration
from .coverage import organization_coverage as coverage
from .overview import overview
from .people import PEOPLE, people

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
