"""The objects of a growth plan: frozen, validated at birth, no Excel, no files."""

from .budget import BudgetItem, BudgetPolicy, ExchangeRates, Money, minor_units
from .catalog import Activity, Area, Catalog, Point, Role, Scale, Thresholds
from .people import Basis, Pay, Person
from .ratings import NOT_APPLICABLE, OPEN, Answers, Cycle, PlanItem, Rating, Source, Value

__all__ = [
    "NOT_APPLICABLE",
    "OPEN",
    "Activity",
    "Answers",
    "Area",
    "Basis",
    "BudgetItem",
    "BudgetPolicy",
    "Catalog",
    "Cycle",
    "ExchangeRates",
    "Money",
    "Pay",
    "Person",
    "PlanItem",
    "Point",
    "Rating",
    "Role",
    "Scale",
    "Source",
    "Thresholds",
    "Value",
    "minor_units",
]
