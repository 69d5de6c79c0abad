"""One log line and one observation per rpc, when it ends, however it ends."""

import asyncio
import logging
import time
from typing import Any

import grpc

from meshkit.interceptors.call import Call, Proceed
from meshkit.telemetry import RpcMetrics

_LOG = logging.getLogger("meshkit.rpc")


class Metrics:
    """Counts and times rpcs by method and code; what a client's leaving cut short counts as CANCELLED."""

    def __init__(self, metrics: RpcMetrics) -> None:
        self._metrics = metrics

    async def __call__(self, call: Call, proceed: Proceed) -> Any:
        started = time.perf_counter()
        running = self._metrics.running_of(call.method.name)
        running.inc()
        try:
            return await proceed(call)
        except asyncio.CancelledError:
            left = call.context.time_remaining()
            call.code = "DEADLINE_EXCEEDED" if left is not None and left <= 0 else "CANCELLED"
            raise
        except grpc.aio.AbortError:
            if call.code == "OK":  # aborted by a handler that speaks grpc itself, such as the health service
                call.code = _aborted_with(call)
            raise
        finally:
            running.dec()
            seconds = time.perf_counter() - started
            self._metrics.handled_of(call.method.name, call.code).inc()
            self._metrics.seconds_of(call.method.name).observe(seconds)
            if _LOG.isEnabledFor(logging.INFO):
                _LOG.handle(_line(call, seconds))


def _line(call: Call, seconds: float) -> logging.LogRecord:
    """What `_LOG.info` would log, without the walk up the stack: this is the one line that every rpc writes."""
    known = {"name": _LOG.name, "levelno": logging.INFO, "levelname": "INFO", "msg": "rpc"}
    told = {"method": call.method.name, "code": call.code, "milliseconds": round(seconds * 1000, 3)}
    return logging.makeLogRecord(known | told)


def _aborted_with(call: Call) -> str:
    code: Any = call.context.code()
    if isinstance(code, grpc.StatusCode):
        return code.name
    return next((known.name for known in grpc.StatusCode if known.value[0] == code), "UNKNOWN")
