"""Loading a roster: read it, and settle what the whole build goes by."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from typing import Any

from growthsheet.model import Basis, BudgetPolicy, Catalog, Cycle
from growthsheet.roster.roster import Roster
from growthsheet.sources.catalogs.load import DEFAULT_CATALOG, load_catalog
from growthsheet.sources.rosters.read_roster import read_roster


def load_roster(
    source: Any,
    *,
    catalog: Catalog | str | os.PathLike[str] = DEFAULT_CATALOG,
    mapping: Mapping[str, str] | None = None,
    default_role: str | None = None,
    basis: Basis | str | None = None,
    currency: str | None = None,
    hours: float = 40.0,
    cycle: Cycle | None = None,
    policy: BudgetPolicy | None = None,
    as_of: date | None = None,
    encoding: str | None = None,
    name: str | None = None,
) -> Roster:
    """Everybody on a roster, ready to make workbooks.

    Parameters
    ----------
    source
        A path (.csv, .tsv, .txt, .xlsx), the bytes of a text file, a list of dictionaries, or any DataFrame.
    catalog
        A catalog, a built-in name or a path.
    mapping
        Field to column, where the columns' names do not say it or say it twice.
    default_role
        For titles that match no role; without it they are an error.
    basis, currency, hours
        The pay basis, the currency (ISO 4217) and the weekly full-time hours where the roster does not say.
    cycle
        The review cycle; the year of ``as_of`` unless told.
    policy
        How the training budget is sized: 3 % of annual pay unless told.
    as_of
        The day on which everything stands; the cycle's date, else today.
    encoding, name
        Of a text file; and what problems call the roster.

    Raises
    ------
    InputError
        Everything that is wrong with the roster or the catalog, at once.

    >>> people = [{"id": "1", "name": "Ana Ruiz", "title": "Product Manager", "annual salary": "120000"}]
    >>> roster = load_roster(people, currency="USD", as_of=date(2026, 3, 1))
    >>> roster
    <Roster of 1 person, 0 teams, cycle 2026>
    >>> roster.person("Ana Ruiz").budget().records()[0]["allocation"]
    3600.0
    """
    known = catalog.checked() if isinstance(catalog, Catalog) else load_catalog(catalog)
    day = as_of or (cycle.date if cycle else date.today())
    rules = policy or BudgetPolicy()
    reading = read_roster(
        source,
        catalog=known,
        mapping=mapping,
        default_role=default_role,
        basis=basis,
        currency=currency,
        hours=hours,
        as_of=day,
        fiscal_year=rules.fiscal_year(day),
        encoding=encoding,
        name=name,
    )
    paid_in = {pay.currency for pay in reading.pay}
    return Roster(
        catalog=known,
        reading=reading,
        cycle=cycle or Cycle(id=str(day.year), label=str(day.year), date=day),
        policy=rules,
        as_of=day,
        currency=currency or (paid_in.pop() if len(paid_in) == 1 else ""),
    )
