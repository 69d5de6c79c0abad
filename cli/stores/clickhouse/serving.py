"""The process: takes its port, confines itself, opens the engine, serves, and stops in order."""

import logging
import os
import socket
from types import FrameType

import uvicorn

from cli.stores.clickhouse.app import Door, spool_folder
from cli.stores.clickhouse.confinement import confine
from cli.stores.clickhouse.engine import Engine
from cli.stores.clickhouse.execution import Execution
from cli.stores.clickhouse.running import Queries
from cli.stores.clickhouse.settings import StoreSettings
from cli.stores.clickhouse.users import Users

log = logging.getLogger(__name__)
STOP_SECONDS = 10
KEEP_ALIVE_SECONDS = 120


def serve(settings: StoreSettings) -> None:
    """Returns after SIGTERM or SIGINT, with everything written."""
    settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    spool = spool_folder(settings.folder)
    with socket.create_server((settings.host, settings.port), backlog=settings.limits.connections) as listener:
        os.chdir(settings.folder)
        if settings.confined:
            confine(settings.folder)
        with Engine.open(settings) as engine:
            queries = Queries(engine, settings.limits)
            execution = Execution(engine, settings.limits, engine.formats())
            users = Users(settings.users)
            door = Door(engine, users, queries, execution, engine.settings(), settings.limits, spool)
            server = _Server(_configuration(door, settings), queries)
            log.info("serving on port %d", listener.getsockname()[1])
            server.run(sockets=[listener])


class _Server(uvicorn.Server):
    """Asked to stop, it ends what runs first; and it returns, so that the engine is closed too."""

    def __init__(self, config: uvicorn.Config, queries: Queries) -> None:
        super().__init__(config)
        self._queries = queries

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # The inherited one would raise the signal again at the end.
        self.should_exit = True
        self._queries.kill_all()


def _configuration(door: Door, settings: StoreSettings) -> uvicorn.Config:
    return uvicorn.Config(
        door,
        loop="uvloop",
        http="h11",
        ws="none",
        lifespan="off",
        interface="asgi3",
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=False,
        limit_concurrency=settings.limits.connections,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
        h11_max_incomplete_event_size=settings.limits.head,
    )
