"""One run of the whole mesh, from nothing to ready to stopped."""

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from cli import ports
from cli.board import Board, Phase, Snapshot, State
from cli.demo_setup import DemoSetup
from cli.errors import CommandError
from cli.home import Home
from cli.logs import cut_grown
from cli.migrations import Migrations
from cli.orphans import ProcessRecords
from cli.processes import CERTIFICATES, PORTS, Plan, front, services, stores
from cli.progress import View
from cli.settings import UpSettings
from cli.stores.provision import close_to_public, provision
from cli.supervisor import Supervisor

LOG_CHECK_SECONDS = 30.0


@contextmanager
def prepared(home: Home, settings: UpSettings) -> Iterator[Plan]:
    """Everything that must hold before the first process starts: no leftovers, ports, secrets, certificates.

    The ports are ours until the block ends.

    Raises:
        CommandError: the place, a port or a secret is not usable.
    """
    ProcessRecords(home.processes, home.folder).end_leftovers()
    ports.require_public(settings.port)
    with ports.reserved(PORTS, home.ports) as chosen:
        plan = Plan(home, settings, chosen, home.secrets())
        plan.certificates.ensure(CERTIFICATES)
        yield plan


@dataclass(frozen=True)
class Mesh:
    """Runs a plan until it is told to stop."""

    plan: Plan
    board: Board
    supervisor: Supervisor

    async def run(self, stop: asyncio.Event) -> None:
        """Returns when stopped and nothing is left.

        Raises:
            CommandError: a part did not start; everything that did has been stopped.
        """
        starting = asyncio.ensure_future(self._start())
        stopping = asyncio.ensure_future(stop.wait())
        logs = asyncio.create_task(self._keep_logs_small())
        try:
            await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if starting.done():
                starting.result()
                await stopping
        except CommandError as error:
            self.board.enter(Phase.FAILED, str(error))
            raise
        finally:
            logs.cancel()
            starting.cancel()
            with contextlib.suppress(asyncio.CancelledError, CommandError):
                await starting
            stopping.cancel()
            if self.board.snapshot.phase is not Phase.FAILED:
                self.board.enter(Phase.STOPPING)
            await self.supervisor.stop()
            if self.board.snapshot.phase is not Phase.FAILED:
                self.board.enter(Phase.STOPPED)

    async def _start(self) -> None:
        plan = self.plan
        demo = DemoSetup(plan)
        await self.supervisor.start(stores(plan))
        await self._step("control plane", self._provision())
        await _together(self._migrate(), self._demo_data(demo))
        await _together(self.supervisor.start(services(plan)), self.supervisor.start(front(plan)))
        if plan.settings.demo:
            if not demo.is_complete():
                await self._step("demo organization", demo.sign_up())
            self.board.welcome(demo.users())
        self.board.enter(Phase.READY)

    async def _provision(self) -> None:
        await asyncio.to_thread(provision, self.plan.superuser_url, self.plan.secrets.roles)
        if self.plan.settings.postgres_url is None:
            await asyncio.to_thread(close_to_public, self.plan.superuser_url)

    async def _migrate(self) -> None:
        migrations = Migrations(self.plan)
        outdated = await asyncio.to_thread(migrations.outdated)
        if outdated:
            await _together(*(self._step(f"tables of {name}", migrations.migrate(name)) for name in outdated))
            await asyncio.to_thread(migrations.remember)

    async def _demo_data(self, demo: DemoSetup) -> None:
        if self.plan.settings.demo and not demo.is_complete():
            await self._step("demo data", demo.fill())

    async def _step(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self.board.show(name, State.STARTING)
        started = time.monotonic()
        try:
            await work
        except CommandError as error:
            self.board.show(name, State.FAILED, error.message)
            raise
        except asyncio.CancelledError:
            self.board.show(name, State.STOPPED)
            raise
        self.board.show(name, State.READY, f"{time.monotonic() - started:.1f} s")

    async def _keep_logs_small(self) -> None:
        while True:
            await asyncio.sleep(LOG_CHECK_SECONDS)
            await asyncio.to_thread(cut_grown, self.plan.home.logs)


def run(home: Home, settings: UpSettings, view: View) -> None:
    """The whole of `infinure up` in the foreground: returns after a clean stop by Ctrl-C, SIGTERM or `infinure down`.

    Raises:
        CommandError: it can't start, or another one runs on this home.
    """
    home.ensure()
    with home.locked(), view, prepared(home, settings) as plan:
        asyncio.run(_run(plan, view))


async def _run(plan: Plan, view: View) -> None:
    snapshot = Snapshot(os.getpid(), Phase.STARTING, plan.settings.url, (), time.time(), outbox=_outbox(plan))
    board = Board(plan.home.state, snapshot, view.show)
    records = ProcessRecords(plan.home.processes, plan.home.folder)
    with _stop_on_signals() as stop:
        await Mesh(plan, board, Supervisor(board, records)).run(stop)
    records.clear()


def _outbox(plan: Plan) -> str:
    return "" if "INFINURE_SMTP_HOST" in plan.settings.passed_on else str(plan.outbox)


async def _together(*parts: Coroutine[Any, Any, None]) -> None:
    """Runs all; the first failure ends the others and is raised as it is."""
    try:
        async with asyncio.TaskGroup() as group:
            for part in parts:
                group.create_task(part)
    except* CommandError as failures:
        raise failures.exceptions[0] from None


@contextmanager
def _stop_on_signals() -> Iterator[asyncio.Event]:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    for sign in signals:
        loop.add_signal_handler(sign, stop.set)
    yield stop
    for sign in signals:
        loop.remove_signal_handler(sign)
