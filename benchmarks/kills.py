"""Commands that are killed, or refused something by the system, at every call that they make."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter


def kills() -> int:
    """Disturb each command at each of its calls; print a table, and return how many faults were found."""
    from tests.cut_short import COMMANDS, WAYS, Trial, prepared, remembered

    total, lines = 0, [f"{'command':16}" + "".join(f"{how:>28}" for how in WAYS) + f"{'faults':>8}"]
    began = perf_counter()
    with TemporaryDirectory() as top, remembered():
        start = Path(top, "start")
        start.mkdir()
        prepared(start)
        for name in COMMANDS:
            trial, faults = Trial(start, name), 0
            tried = dict.fromkeys(WAYS, 0)
            for how, at in trial.points():
                found = trial.faults(how, at)
                tried[how] += 1
                faults += bool(found)
                if found:
                    print(f"{name}, {how}, call {at}: {'; '.join(found)}", flush=True)
            total += faults
            lines.append(f"{name:16}" + "".join(f"{tried[how]:28,}" for how in WAYS) + f"{faults:8,}")
            print(lines[-1], flush=True)
    print("\n".join(lines))
    print(f"{perf_counter() - began:,.0f} s")
    return total
