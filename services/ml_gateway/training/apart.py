"""Work in processes of its own: each worker keeps what it makes, calls and answers go through a pipe."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any


class Apart:
    """A worker in a process that is forked from this one: it needn't be picklable, what it is given and gives must."""

    def __init__(self, worker: object) -> None:
        context = get_context("fork")
        self._here, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(worker, there), daemon=True)
        self._process.start()
        there.close()

    def ask(self, method: str, *given: object) -> None:
        self._here.send((method, given))

    def answer(self) -> Any:
        """Of the oldest call without one. Raises what the method raised; EOFError if the process is gone."""
        done, found = self._here.recv()
        if not done:
            raise found
        return found

    def close(self) -> None:
        self._here.send(None)  # workers forked later hold this pipe's end, too: closing it alone tells nothing
        self._here.close()
        self._process.join()


@contextmanager
def apart(workers: Sequence[object]) -> Iterator[list[Apart]]:
    """Each in a process of its own while the block runs."""
    made: list[Apart] = []
    try:
        for one in workers:
            made.append(Apart(one))
        yield made
    finally:
        for each in made:
            each.close()


def of_all(workers: Sequence[Apart], method: str, *given: object) -> list[Any]:
    """What a method of each gives, all at work at once."""
    for one in workers:
        one.ask(method, *given)
    return [one.answer() for one in workers]


def shared_out(workers: Sequence[Apart], method: str, tasks: Sequence[object]) -> list[Any]:
    """What a method gives for each task, the tasks dealt out in turn."""
    for place, task in enumerate(tasks):
        workers[place % len(workers)].ask(method, task)
    return [workers[place % len(workers)].answer() for place in range(len(tasks))]


def _serve(worker: object, calls: Connection) -> None:
    while True:
        try:
            call = calls.recv()
        except EOFError:
            return
        if call is None:
            return
        method, given = call
        try:
            answer = True, getattr(worker, method)(*given)
        except Exception as raised:  # it is raised where the call came from
            answer = False, raised
        calls.send(answer)
