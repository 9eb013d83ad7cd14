"""Work shared out: here, in processes of our own, or in any executor of `concurrent.futures`."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from typing import TypeVar

from growthsheet.errors import OutputError

LARGEST = 64  # tasks in a piece: at about 1 ms each, sending them costs little and progress still moves
Task = TypeVar("Task")
Result = TypeVar("Result")


def processes(count: int) -> ProcessPoolExecutor:
    """Fresh processes to work in; they start from nothing on every system, so none has more in it than it was sent."""
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin)


def share_out(
    work: Callable[[list[Task]], list[Result]],
    tasks: Iterable[Task],
    total: int,
    executor: Executor | None,
    workers: int,
) -> Generator[list[Result], None, None]:
    """What ``work`` makes of the tasks, some of them at a time, as it comes.

    At most two pieces of work a worker wait or run at once, so a million tasks need no more memory than a hundred.

    >>> [sum(results) for results in share_out(lambda numbers: numbers, [1, 2, 3], 3, None, 1)]
    [1, 2, 3]
    """
    if executor is None:
        yield from map(work, _chunks(tasks, 1))
        return
    # What many tasks share (a catalog, a template) is sent once a piece; but every worker must get some of the work.
    chunks = _chunks(tasks, max(1, min(LARGEST, total // (4 * workers))))
    pending: set[Future[list[Result]]] = set()
    try:
        while True:
            pending.update(executor.submit(work, chunk) for chunk in islice(chunks, 2 * workers - len(pending)))
            if not pending:
                return
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            yield from [future.result() for future in done]
    except BrokenExecutor as error:
        raise OutputError("a worker process died; run again, and it goes on where it stopped") from error
    finally:
        for future in pending:
            future.cancel()


def _chunks(tasks: Iterable[Task], size: int) -> Iterator[list[Task]]:
    """The tasks in lists of so many."""
    source = iter(tasks)
    while chunk := list(islice(source, size)):
        yield chunk


def _begin() -> None:
    """Prepare a worker: Ctrl-C is the parent's to answer, and a worker does not outlive a parent that was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait until the parent is gone, then go too: files are put in place as a whole, so any moment will do."""
    if parent := parent_process():
        connection.wait([parent.sentinel])
        os._exit(1)
