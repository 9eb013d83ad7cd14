"""Commands that are killed, or refused something by the system, at every call that they make."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter


def kills(every: int = 1) -> tuple[int, list[str]]:
    """Disturb each command at each of its calls, or at every n-th; print a table; return how many, and the faults."""
    from tests.cut_short import COMMANDS, WAYS, Trial, prepared, remembered

    total, wrong, lines = 0, list[str](), [f"{'command':16}" + "".join(f"{how:>28}" for how in WAYS) + f"{'faults':>8}"]
    began = perf_counter()
    with TemporaryDirectory() as top, remembered():
        start = Path(top, "start")
        start.mkdir()
        prepared(start)
        for name in COMMANDS:
            trial, faults = Trial(start, name), 0
            tried = dict.fromkeys(WAYS, 0)
            for how, at in list(trial.points())[::every]:
                found = trial.faults(how, at)
                tried[how] += 1
                faults += bool(found)
                if found:
                    wrong.append(f"{name}, {how}, call {at}: {'; '.join(found)}")
                    print(wrong[-1], flush=True)
            total += sum(tried.values())
            lines.append(f"{name:16}" + "".join(f"{tried[how]:28,}" for how in WAYS) + f"{faults:8,}")
            print(lines[-1], flush=True)
    print("\n".join(lines))
    print(f"{perf_counter() - began:,.0f} s")
    return total, wrong
