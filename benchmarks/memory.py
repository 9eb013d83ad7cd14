"""What this process takes: its memory, and the time and memory of something done in it."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.timing import took

PROCESS = Path("/proc/self")


def memory(what: str) -> float:
    """What Linux says of this process's memory, in MB; other systems cannot measure a peak anew, and give 0."""
    if not PROCESS.exists():
        return 0.0
    lines = (PROCESS / "status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(what)).split()[1]) / 1024


def held() -> float:
    """The memory in MB that this process has now; its peak begins anew."""
    gc.collect()
    if PROCESS.exists():
        (PROCESS / "clear_refs").write_text("5")
    return memory("VmRSS")


def peak_of_this_process() -> str:
    """The most memory that this process has had, as a line for :func:`benchmarks.timing.race_of_processes`."""
    peak = memory("VmHWM")  # getrusage would count what the parent had before this process became itself
    if not peak:
        import resource

        unit = 1 if sys.platform == "darwin" else 1024
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20
    return json.dumps({"peak_mb": round(peak, 1)})


def tell(do: Callable[[], object]) -> None:
    """Print what something takes, for :func:`benchmarks.timing.race_of_tellers`: memory on top of what was there."""
    before = held()
    taken = took(do)
    print(json.dumps([*taken, memory("VmHWM") - before]))
