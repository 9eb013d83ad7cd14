"""Files changed at random, read until one is not answered: how many, what they are told, the worst time and memory."""

from __future__ import annotations

import time
from collections import Counter

from benchmarks.memory import peak_of_this_process


def mutants(number: int, first: int = 0) -> int:
    """Read so many; prints what they were told, and gives how many were not answered."""
    from tests.xlsx.reader.mutations import answer, mutant

    told: Counter[str] = Counter()
    unanswered, slowest = 0, (0.0, 0)
    for seed in range(first, first + number):
        data = mutant(seed)
        start = time.process_time()
        try:
            told[answer(data)] += 1
        except Exception as error:
            unanswered += 1
            print(f"seed {seed}: {type(error).__name__}: {error}")
        slowest = max(slowest, (time.process_time() - start, seed))
    for code, count in told.most_common():
        print(f"{count:8,} {code}")
    print(f"{number:8,} files, {unanswered} not answered; the slowest took {slowest[0]:.2f} s (seed {slowest[1]})")
    print(peak_of_this_process())
    return unanswered
