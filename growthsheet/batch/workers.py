"""Distribute work: in this process, in child processes, or in any executor of `concurrent.futures`."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from threading import Thread, current_thread, main_thread
from typing import TypeVar

from growthsheet.errors import OutputError

LARGEST = 64  # tasks in a chunk: at about 1 ms each, sending them costs little and progress is still shown often
_BROKEN = (
    "a worker process died or failed; run again to continue where it stopped; a script of your own needs "
    'if __name__ == "__main__": around its work, since workers read it again'
)
Task = TypeVar("Task")
Result = TypeVar("Result")


def processes(count: int) -> ProcessPoolExecutor:
    """Return a pool of worker processes; they are spawned on every system, so each holds only what it was sent."""
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin)


def share_out(
    work: Callable[[list[Task]], list[Result]],
    tasks: Iterable[Task],
    total: int,
    executor: Executor | None,
    workers: int,
) -> Generator[list[Result], None, None]:
    """Yield the results of ``work``, which gets some of the tasks at a time, in the order of completion.

    At most two chunks for each worker wait or run at once, so a million tasks need no more memory than a hundred.

    >>> [sum(results) for results in share_out(lambda numbers: numbers, [1, 2, 3], 3, None, 1)]
    [1, 2, 3]
    """
    if executor is None:
        yield from map(work, _chunks(tasks, 1))
        return
    # Data that many tasks share (a catalog, a template) is sent once a chunk; but every worker must get some work.
    chunks = _chunks(tasks, max(1, min(LARGEST, total // (4 * workers))))
    pending: set[Future[list[Result]]] = set()
    with _held_back() as interrupt:
        try:
            while True:
                pending.update(executor.submit(work, chunk) for chunk in islice(chunks, 2 * workers - len(pending)))
                if not pending:
                    return
                done, pending = wait(pending, timeout=0.1, return_when=FIRST_COMPLETED)
                yield from [_result(future) for future in done]
                interrupt()
        except BrokenExecutor as error:
            interrupt()  # it may have reached a worker that was not prepared yet
            raise OutputError(_BROKEN) from error
        finally:
            for future in pending:
                future.cancel()


def _result(future: Future[Result]) -> Result:
    """Return the result of a chunk; an executor that gave it up, as dask does after several tries, is broken."""
    try:
        return future.result()
    except Exception as error:  # the work itself raises none
        raise BrokenExecutor from error


@contextmanager
def _held_back() -> Iterator[Callable[[], None]]:
    """Hold Ctrl-C back; yield the function that lets it through at a safe moment.

    Raised inside `concurrent.futures` it can leave a lock behind, and the process never ends.
    """
    came: list[int] = []

    def interrupt() -> None:
        if came:
            raise KeyboardInterrupt

    # Only the main thread receives it; and a handler that the caller has set is left alone.
    ours = current_thread() is main_thread() and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if ours:
        signal.signal(signal.SIGINT, lambda number, frame: came.append(number))
    try:
        yield interrupt
    finally:
        if ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def _chunks(tasks: Iterable[Task], size: int) -> Iterator[list[Task]]:
    """Yield the tasks in lists of the given size."""
    source = iter(tasks)
    while chunk := list(islice(source, size)):
        yield chunk


def _begin() -> None:
    """Prepare a worker: it ignores Ctrl-C, which the parent handles, and ends when its parent is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the parent has ended; any moment is safe, because files are put in place as a whole."""
    if parent := parent_process():
        connection.wait([parent.sentinel])
        os._exit(1)
