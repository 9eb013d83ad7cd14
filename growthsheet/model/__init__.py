"""The objects of a growth plan: immutable, validated when they are made, independent of Excel and of files."""

from growthsheet.model.answers import Answers
from growthsheet.model.budget import BudgetItem, BudgetPolicy, ExchangeRates, Money, minor_units
from growthsheet.model.catalog import Catalog
from growthsheet.model.catalog_parts import Activity, Area, Point, Role, Scale, Thresholds
from growthsheet.model.people import Basis, Pay, Person
from growthsheet.model.ratings import NOT_APPLICABLE, Cycle, OwnAnswer, PlanItem, Rating, RatingValue, Source

__all__ = [
    "NOT_APPLICABLE",
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
    "OwnAnswer",
    "Pay",
    "Person",
    "PlanItem",
    "Point",
    "Rating",
    "RatingValue",
    "Role",
    "Scale",
    "Source",
    "Thresholds",
    "minor_units",
]
