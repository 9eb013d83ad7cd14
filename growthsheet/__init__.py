"""Professional Growth Plan workbooks from a catalog of roles and a roster of people.

>>> import growthsheet as gs
>>> catalog = gs.load_catalog("product-management")
>>> len(catalog.roles), len(catalog.activities)
(8, 45)
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # type checkers know the name; the module typing would take longer to import than all the rest
if TYPE_CHECKING:
    from typing import Any

    from .catalog_files import convert_catalog as convert_catalog
    from .catalog_files import new_catalog as new_catalog
    from .catalog_files import save_catalog as save_catalog
    from .changes import Diff as Diff
    from .changes import diff as diff
    from .errors import ExpressionError as ExpressionError
    from .errors import GrowthsheetError as GrowthsheetError
    from .errors import InputError as InputError
    from .errors import OutputError as OutputError
    from .errors import Problem as Problem
    from .errors import WorkbookError as WorkbookError
    from .folder.batch import build as build
    from .folder.run import Progress as Progress
    from .folder.run import Report as Report
    from .language import Language as Language
    from .letters import agendas as agendas
    from .letters import write_agendas as write_agendas
    from .letters import write_invitations as write_invitations
    from .loading import load_roster as load_roster
    from .migration import MigrationReport as MigrationReport
    from .migration import migrate as migrate
    from .model import Answers as Answers
    from .model import BudgetItem as BudgetItem
    from .model import BudgetPolicy as BudgetPolicy
    from .model import Catalog as Catalog
    from .model import Cycle as Cycle
    from .model import ExchangeRates as ExchangeRates
    from .model import Pay as Pay
    from .model import Person as Person
    from .model import PlanItem as PlanItem
    from .model import Rating as Rating
    from .model import Role as Role
    from .pages import report as report
    from .plans import Organization as Organization
    from .plans import Plan as Plan
    from .plans import Team as Team
    from .privacy import Touched as Touched
    from .privacy import export_person as export_person
    from .privacy import forget_person as forget_person
    from .results import Results as Results
    from .returns.collecting import Collected as Collected
    from .returns.collecting import collect as collect
    from .roster import Roster as Roster
    from .sources.answers import load_answers as load_answers
    from .sources.answers import save_answers as save_answers
    from .sources.catalogs import builtin_names as builtin_names
    from .sources.catalogs import load_catalog as load_catalog
    from .sources.catalogs import read_catalog as read_catalog
    from .sources.translations import load_language as load_language
    from .starting import start as start

__version__ = "0.1.0"

# Loaded when first used: pydantic, openpyxl and XlsxWriter together take half a second to import.
_HOMES = {
    **dict.fromkeys(("ExpressionError", "GrowthsheetError", "InputError"), "errors"),
    **dict.fromkeys(("OutputError", "Problem", "WorkbookError"), "errors"),
    "build": "folder.batch",
    **dict.fromkeys(("convert_catalog", "new_catalog", "save_catalog"), "catalog_files"),
    "Diff": "changes",
    "diff": "changes",
    "Collected": "returns.collecting",
    "collect": "returns.collecting",
    "migrate": "migration",
    "MigrationReport": "migration",
    "Touched": "privacy",
    "export_person": "privacy",
    "forget_person": "privacy",
    "load_answers": "sources.answers",
    "save_answers": "sources.answers",
    "Progress": "folder.run",
    "Report": "folder.run",
    **dict.fromkeys(("agendas", "write_agendas", "write_invitations"), "letters"),
    "Language": "language",
    "load_language": "sources.translations",
    "load_roster": "loading",
    **dict.fromkeys(("Answers", "BudgetItem", "BudgetPolicy", "Catalog", "Cycle", "ExchangeRates"), "model"),
    **dict.fromkeys(("Pay", "Person", "PlanItem", "Rating", "Role"), "model"),
    "report": "pages",
    "Results": "results",
    "start": "starting",
    "Organization": "plans",
    "Plan": "plans",
    "Roster": "roster",
    "Team": "plans",
    "builtin_names": "sources.catalogs",
    **dict.fromkeys(("load_catalog", "read_catalog"), "sources.catalogs"),
}

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'growthsheet' has no attribute '{name}'")
    return getattr(import_module(f"growthsheet.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
