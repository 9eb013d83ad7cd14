"""Professional Growth Plan workbooks from a catalog of roles and a roster of people.

>>> import growthsheet as gs
>>> catalog = gs.load_catalog("product-management")
>>> len(catalog.roles), len(catalog.activities)
(8, 45)
"""

from __future__ import annotations

from importlib import import_module

from growthsheet.version import __version__ as __version__

if __doc__ is None:  # python -OO leaves docstrings out; those of measures, models and commands are texts for people
    import os
    import sys

    from growthsheet.errors import GrowthsheetError

    needed = "growthsheet needs its docstrings: run Python without -OO, and unset PYTHONOPTIMIZE"
    # The command cannot catch it: the package is imported first, and is "-m" to itself until then.
    if os.path.basename(sys.argv[0]).removesuffix(".exe") in ("-m", "growthsheet"):
        sys.stderr.write(f"error: {needed}\n")
        raise SystemExit(2)
    raise GrowthsheetError(needed)

TYPE_CHECKING = False  # type checkers know the name; the module typing would take longer to import than all the rest
if TYPE_CHECKING:
    from typing import Any

    from growthsheet.batch.build import build as build
    from growthsheet.batch.run import Progress as Progress
    from growthsheet.batch.run import Report as Report
    from growthsheet.errors import ExpressionError as ExpressionError
    from growthsheet.errors import GrowthsheetError as GrowthsheetError
    from growthsheet.errors import InputError as InputError
    from growthsheet.errors import OutputError as OutputError
    from growthsheet.errors import Problem as Problem
    from growthsheet.errors import WorkbookError as WorkbookError
    from growthsheet.model import Answers as Answers
    from growthsheet.model import BudgetItem as BudgetItem
    from growthsheet.model import BudgetPolicy as BudgetPolicy
    from growthsheet.model import Catalog as Catalog
    from growthsheet.model import Cycle as Cycle
    from growthsheet.model import ExchangeRates as ExchangeRates
    from growthsheet.model import Pay as Pay
    from growthsheet.model import Person as Person
    from growthsheet.model import PlanItem as PlanItem
    from growthsheet.model import Rating as Rating
    from growthsheet.model import Role as Role
    from growthsheet.returns.collect import collect as collect
    from growthsheet.returns.collected import Collected as Collected
    from growthsheet.roster.load import load_roster as load_roster
    from growthsheet.roster.plans import Organization as Organization
    from growthsheet.roster.plans import Plan as Plan
    from growthsheet.roster.plans import Team as Team
    from growthsheet.roster.roster import Roster as Roster
    from growthsheet.sources.answers import load_answers as load_answers
    from growthsheet.sources.answers import save_answers as save_answers
    from growthsheet.sources.catalogs.load import builtin_names as builtin_names
    from growthsheet.sources.catalogs.load import load_catalog as load_catalog
    from growthsheet.sources.catalogs.load import read_catalog as read_catalog
    from growthsheet.sources.translations.load import load_language as load_language
    from growthsheet.tasks.catalog_diff import Diff as Diff
    from growthsheet.tasks.catalog_diff import diff as diff
    from growthsheet.tasks.catalog_files import convert_catalog as convert_catalog
    from growthsheet.tasks.catalog_files import new_catalog as new_catalog
    from growthsheet.tasks.catalog_files import save_catalog as save_catalog
    from growthsheet.tasks.letters import agendas as agendas
    from growthsheet.tasks.letters import write_agendas as write_agendas
    from growthsheet.tasks.letters import write_invitations as write_invitations
    from growthsheet.tasks.migrate import MigrationReport as MigrationReport
    from growthsheet.tasks.migrate import migrate as migrate
    from growthsheet.tasks.personal_data import PersonalDataReport as PersonalDataReport
    from growthsheet.tasks.personal_data import export_person as export_person
    from growthsheet.tasks.personal_data import forget_person as forget_person
    from growthsheet.tasks.report_page import report as report
    from growthsheet.tasks.start import start as start
    from growthsheet.text.language import Language as Language
    from growthsheet.workbook.results import Results as Results

# Loaded when first used: pydantic and XlsxWriter together take half a second to import.
_HOMES = {
    **dict.fromkeys(("ExpressionError", "GrowthsheetError", "InputError"), "errors"),
    **dict.fromkeys(("OutputError", "Problem", "WorkbookError"), "errors"),
    "build": "batch.build",
    **dict.fromkeys(("convert_catalog", "new_catalog", "save_catalog"), "tasks.catalog_files"),
    "Diff": "tasks.catalog_diff",
    "diff": "tasks.catalog_diff",
    "Collected": "returns.collected",
    "collect": "returns.collect",
    "migrate": "tasks.migrate",
    "MigrationReport": "tasks.migrate",
    "PersonalDataReport": "tasks.personal_data",
    "export_person": "tasks.personal_data",
    "forget_person": "tasks.personal_data",
    "load_answers": "sources.answers",
    "save_answers": "sources.answers",
    "Progress": "batch.run",
    "Report": "batch.run",
    **dict.fromkeys(("agendas", "write_agendas", "write_invitations"), "tasks.letters"),
    "Language": "text.language",
    "load_language": "sources.translations.load",
    "load_roster": "roster.load",
    **dict.fromkeys(("Answers", "BudgetItem", "BudgetPolicy", "Catalog", "Cycle", "ExchangeRates"), "model"),
    **dict.fromkeys(("Pay", "Person", "PlanItem", "Rating", "Role"), "model"),
    "report": "tasks.report_page",
    "Results": "workbook.results",
    "start": "tasks.start",
    "Organization": "roster.plans",
    "Plan": "roster.plans",
    "Roster": "roster.roster",
    "Team": "roster.plans",
    "builtin_names": "sources.catalogs.load",
    **dict.fromkeys(("load_catalog", "read_catalog"), "sources.catalogs.load"),
}

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'growthsheet' has no attribute '{name}'")
    return getattr(import_module(f"growthsheet.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
