"""Trees as Python source, compiled once and run for many rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any


class PythonSource:
    """The source of one function: the names that it uses, and the values that it computes before all rows.

    ``fixed`` names the parameters that are the same in every row. Names made here begin with an underscore, because
    those of parameters do not.
    """

    def __init__(self, fixed: Collection[str] = ()) -> None:
        self._fixed_names = frozenset(fixed)
        self._first: dict[str, str] = {}
        self._around: dict[str, Any] = {"_zip": zip}

    def name(self, thing: Any) -> str:
        """Return the name by which the source refers to a function or another object."""
        for name, known in self._around.items():
            if known is thing:
                return name
        name = f"_{len(self._around)}"
        self._around[name] = thing
        return name

    def once(self, source: str) -> str:
        """Return a name for an expression that is computed before all rows; it must never fail."""
        return self._first.setdefault(source, f"_once{len(self._first)}")

    def fixed(self, columns: Iterable[str]) -> bool:
        """Return whether all these parameters are the same in every row."""
        return self._fixed_names.issuperset(columns)

    def function(self, name: str, parameters: Iterable[str], result: str) -> Callable[..., Any]:
        """Return the compiled function of the parameters, and of ``_translate``, which translates texts."""
        lines = [f"def {name}({', '.join([*parameters, '_translate=str'])}):"]
        lines += [f"    {kept} = {source}" for source, kept in self._first.items()]
        text = "\n".join([*lines, f"    return {result}"])
        made: dict[str, Any] = {}
        exec(compile(text, f"<{name}>", "exec"), self._around, made)  # made from trees only, never from data
        return made[name]  # type: ignore[no-any-return]
