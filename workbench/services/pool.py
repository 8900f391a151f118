"""Work on many things side by side, in processes; the results come in the order of the things."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import redirect_stderr
from multiprocessing import get_context, resource_tracker
from typing import Any, TypeVar

S = TypeVar("S")
A = TypeVar("A")
B = TypeVar("B")

_AHEAD = 2
"""So many things for each process are handed out beforehand: no more of them is held in memory."""
_shared: Any = None
"""What a process of a pool was given at its start."""


def side_by_side(work: Callable[[S, A], B], shared: S, things: Iterable[A], jobs: int) -> Generator[B, None, None]:
    """`work(shared, thing)` for each thing, in order; with one job in this very process.

    An exception, and closing the iterator, ends the processes; what was handed out and not begun is dropped.
    """
    if jobs < 2:
        yield from (work(shared, thing) for thing in things)
        return
    with redirect_stderr(sys.__stderr__):  # a screen puts one in its place that has no file number
        resource_tracker.ensure_running()
    # Spawned, for a forked process would share the database's file and a screen's threads.
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_begin, initargs=(shared,))
    try:
        waiting: deque[Future[B]] = deque()
        for thing in things:
            waiting.append(pool.submit(_one, work, thing))
            if len(waiting) >= _AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(shared: Any) -> None:
    global _shared  # noqa: PLW0603  given once a process, not once a thing
    _shared = shared


def _one(work: Callable[[Any, A], B], thing: A) -> B:
    return work(_shared, thing)
