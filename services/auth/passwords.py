"""Hashing passwords with argon2id, off the event loop, and never more at a time than the machine can take."""

import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Self, TypeVar

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from meshkit.secrets import Secret
from services.auth.errors import HashingOverloaded
from services.auth.password_policy import canonical

# OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, 2 passes, 1 lane.
MEMORY_KIB, PASSES, LANES = 19 * 1024, 2, 1
MOST_WAITING = 64

T = TypeVar("T")


class Passwords:
    """Makes and checks hashes in threads; argon2 releases the interpreter lock, so the loop stays responsive."""

    def __init__(self, threads: int | None = None, most_waiting: int = MOST_WAITING) -> None:
        self._hasher = PasswordHasher(PASSES, MEMORY_KIB, LANES, type=Type.ID)
        threads = threads or max(1, (os.cpu_count() or 2) - 1)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="argon2")
        self._most = threads + most_waiting
        self._taken = 0
        self._lock = threading.Lock()
        # Checked against when there is no account, so that an unknown e-mail costs what a known one does.
        self._nobodys = self._hasher.hash(os.urandom(32).hex())

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def hash(self, password: Secret) -> str:
        """Raises:
        HashingOverloaded: too many wait already.
        """
        return await self._run(lambda: self._hasher.hash(canonical(password.reveal())))

    async def matches(self, password: Secret, stored: str | None) -> bool:
        """Whether the password is the stored hash's; without one the same work is done and the answer is no.

        Raises:
            HashingOverloaded: too many wait already.
        """
        matched = await self._run(lambda: self._verify(canonical(password.reveal()), stored or self._nobodys))
        return matched and stored is not None

    def _verify(self, password: str, stored: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: Callable[[], T]) -> T:
        with self._lock:
            if self._taken >= self._most:
                raise HashingOverloaded()
            self._taken += 1
        future = self._pool.submit(work)
        # A caller who goes away doesn't free the thread, so the place is given back when the work is done.
        future.add_done_callback(self._done)
        return await asyncio.wrap_future(future)

    def _done(self, _: Future[Any]) -> None:
        with self._lock:
            self._taken -= 1
