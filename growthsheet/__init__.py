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

# The public names stand in __init__.pyi alone, where type checkers look; they are loaded when first used, because
# pydantic and XlsxWriter together take half a second to import.
_TABLE = __spec__.loader.get_data(__file__ + "i").decode()
_HOMES = {words[3]: words[1] for words in map(str.split, _TABLE.splitlines()) if words[:1] == ["from"]}

__all__ = [*_HOMES]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'growthsheet' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
