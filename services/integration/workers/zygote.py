"""`python -m services.integration.workers.zygote CONTROL LACKING MODULE…`: from it every worker is forked.

It imports the libraries once and lets them warm up, has one thread, and does no work itself: it forks on request,
hands the parent the worker's socket and a descriptor of its process, and tells how each worker ended.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import select
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from services.integration.workers import child, privileges
from services.integration.workers.confinement import Confinement, holes, needed_by_python
from services.integration.workers.confinement import missing as missing_here

# Whoever runs short of memory ends a worker first, then us, then the service.
_WORKER_BADNESS, _OWN_BADNESS = 1000, 500
_REQUEST_BYTES = 4096
_SEND_BUFFER_BYTES = 1024 * 1024


def main(arguments: Sequence[str]) -> None:
    control = socket.socket(fileno=int(arguments[0]))
    lacking = arguments[1] == "lacking"
    privileges.die_with(int(arguments[2]))
    _set_badness(_OWN_BADNESS)
    sys.meta_path.insert(0, WithoutPandas())
    child.warm_up()
    modules = [importlib.import_module(name) for name in arguments[3:]]
    for module in modules:
        if hasattr(module, "warm_up"):
            module.warm_up()
    gc.collect()
    gc.freeze()  # the collector would write to, and so copy, what workers share with us
    wakeup, woken = socket.socketpair()
    wakeup.setblocking(False)
    woken.setblocking(False)
    signal.set_wakeup_fd(wakeup.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    zygote = Zygote(control, lacking, tuple(module.wake_up for module in modules if hasattr(module, "wake_up")))
    _tell(control, {"hello": zygote.inspected()})
    poll = select.poll()
    poll.register(control, select.POLLIN)
    poll.register(woken, select.POLLIN)
    while True:
        ready = {descriptor for descriptor, _ in poll.poll()}
        if woken.fileno() in ready:
            with suppress(BlockingIOError):
                while woken.recv(_REQUEST_BYTES):
                    pass
            zygote.reap()
        if control.fileno() in ready:
            try:
                request = control.recv(_REQUEST_BYTES)
            except ConnectionError:  # it was killed with something of ours unread
                request = b""
            if not request:
                os._exit(0)  # at once: libraries that are taken down one by one have things to say
            for _ in range(json.loads(request)["fork"]):
                zygote.fork()


class Zygote:
    """`wake_ups` are what each worker does while nothing waits for it: functions of the modules' own."""

    def __init__(self, control: socket.socket, lacking: bool, wake_ups: Sequence[Callable[[], object]]) -> None:
        self._control = control
        self._wake_ups = wake_ups
        self._confinement = Confinement(os.getpid(), needed_by_python(), lacking)

    def inspected(self) -> dict[str, Any]:
        """What the parent must know before any work: how a worker would be confined, found out by one that was."""
        missing = missing_here()
        threads = len(os.listdir("/proc/self/task"))
        if threads > 1:
            missing = (*missing, f"a process of one thread (it has {threads})")
        if not missing:
            missing = self._probed()
        keeps_root = ""
        if os.geteuid() == 0:
            keeps_root = privileges.reachable_by_nobody(self._confinement.needed, ())
        return {"missing": missing, "keeps_root": keeps_root}

    def _probed(self) -> tuple[str, ...]:
        reading, writing = os.pipe()
        pid = os.fork()
        if not pid:
            try:
                self._confinement.prepare()
                self._confinement.close((), (), address_space_bytes=1 << 42, cpu_seconds=10, file_bytes=0)
                found = list(holes())
            except OSError as error:
                found = [f"what it says it has: error {error.errno} while confining"]
            os.write(writing, json.dumps(found).encode())
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            answer = pipe.read()
        os.waitpid(pid, 0)
        return tuple(json.loads(answer)) if answer else ("a worker that survives being confined",)

    def fork(self) -> None:
        try:
            ours, theirs = socket.socketpair()
        except OSError as error:
            return _tell(self._control, {"failed": error.errno})
        with ours, theirs:
            theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
            try:
                pid = os.fork()
            except OSError as error:
                return _tell(self._control, {"failed": error.errno})
            if not pid:
                self._become_worker(theirs)
            process = os.pidfd_open(pid)  # it can't be reaped meanwhile: that is this thread's to do
            try:
                _tell(self._control, {"worker": pid}, [ours.fileno(), process])
            finally:
                os.close(process)

    def _become_worker(self, connection: socket.socket) -> None:
        """Never returns."""
        try:
            privileges.die_with(self._confinement.zygote)
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _set_badness(_WORKER_BADNESS)
            nothing = os.open(os.devnull, os.O_RDWR)
            for standard in (0, 1, 2):
                os.dup2(nothing, standard)
            if connection.fileno() != 3:
                os.dup2(connection.fileno(), 3)
            os.closerange(4, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
            for wake_up in self._wake_ups:
                wake_up()
            self._confinement.prepare()
            child.main(socket.socket(fileno=3), self._confinement)
        finally:
            os._exit(1)

    def reap(self) -> None:
        while True:
            try:
                pid, status, _ = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            _tell(self._control, {"ended": pid, "status": status})


class WithoutPandas:
    """pyarrow and duckdb look for pandas in each worker anew: where it is installed, loading it takes a second."""

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError("workers do without pandas", name=name)


def _tell(control: socket.socket, document: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
    try:
        socket.send_fds(control, [json.dumps(document).encode()], descriptors)
    except OSError:  # nobody is there any more
        os._exit(0)


def _set_badness(value: int) -> None:
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write(str(value))


if __name__ == "__main__":
    main(sys.argv[1:])
