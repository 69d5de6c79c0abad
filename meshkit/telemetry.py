"""Logs as JSON lines on stderr with the request's id, redacted at the sink; metrics of rpcs by method and code."""

import json
import logging
import re
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.process_collector import ProcessCollector

from meshkit.secrets import HIDDEN, Secret

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
_SENSITIVE = r"pass(?:word|wd)?|pwd|secret|token|authorization|api[_-]?key|private[_-]?key|cookie|credentials?"
_SENSITIVE_NAME = re.compile(rf"(?:^|_)(?:{_SENSITIVE})$", re.IGNORECASE)
_REDACTIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(bearer|basic)\s+[\w.~+/=-]+", re.IGNORECASE), rf"\1 {HIDDEN}"),
    (re.compile(r"\beyJ[\w-]*\.[\w-]+(?:\.[\w-]*)?"), HIDDEN),
    (re.compile(r"(://[^\s/:@]*):[^\s/@]*@"), rf"\1:{HIDDEN}@"),
    (re.compile(rf"((?:{_SENSITIVE})[\"']?\s*[=:]\s*[\"']?)[^\s\"',;&}}]+", re.IGNORECASE), rf"\1{HIDDEN}"),
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)", re.DOTALL), HIDDEN),
)
# One search that finds nothing, as nearly always, is all that an innocent text costs.
_SUSPECT = re.compile(rf"bearer|basic|eyj|://|private key|{_SENSITIVE}", re.IGNORECASE)


def request_id() -> str:
    """The id of the running request; "" outside one."""
    return REQUEST_ID.get()


@lru_cache(maxsize=4096)
def _is_suspect(text: str) -> bool:
    """For the few short texts that come again and again: names of methods, codes."""
    return _SUSPECT.search(text) is not None


def redacted(text: str) -> str:
    """The text without what looks like a credential. The last net: secrets aren't to be logged in the first place."""
    if not (_is_suspect if len(text) < 100 else _SUSPECT.search)(text):
        return text
    for pattern, replacement in _REDACTIONS:
        text = pattern.sub(replacement, text)
    return text


class JsonLines(logging.Formatter):
    """One JSON object a line; a record's `extra` become members of it."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "service": self._service,
            "logger": record.name,
            "message": redacted(record.getMessage()),
        }
        if request := REQUEST_ID.get():
            line["request_id"] = request
        for name in record.__dict__.keys() - _STANDARD:
            line[name] = _field(name, record.__dict__[name])
        if record.exc_info:
            line["error"] = redacted(self.formatException(record.exc_info))
        return _ENCODE(line)


_ENCODE = json.JSONEncoder(ensure_ascii=False, default=lambda value: redacted(str(value))).encode


@lru_cache(maxsize=1024)
def _is_sensitive(name: str) -> bool:
    return _SENSITIVE_NAME.search(name) is not None


def _field(name: str, value: Any) -> Any:
    if isinstance(value, Secret) or _is_sensitive(name):
        return HIDDEN
    return redacted(value) if isinstance(value, str) else value


def configure_logging(service: str, level: str) -> None:
    """Sends everything logged in this process to stderr as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(service))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.captureWarnings(True)
    # Looked up for every record otherwise, and shown in none.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    for chatty in ("httpx", "httpcore", "asyncio", "alembic", "uvicorn"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


class RpcMetrics:
    """Prometheus metrics of a server's rpcs. Labels are the method and the code: never a tenant."""

    def __init__(self, registry: CollectorRegistry) -> None:
        labels = ("method", "code")
        self.handled = Counter("infinure_rpc_handled", "Rpcs ended.", labels, registry=registry)
        self.seconds = Histogram(
            "infinure_rpc_seconds",
            "Time from an rpc's start to its end.",
            ("method",),
            registry=registry,
            buckets=_BUCKETS,
        )
        self.running = Gauge("infinure_rpc_running", "Rpcs running now.", ("method",), registry=registry)
        # `labels` looks its child up under a lock each time; methods and codes are few.
        self.handled_of = cache(self.handled.labels)
        self.seconds_of = cache(self.seconds.labels)
        self.running_of = cache(self.running.labels)


def new_registry() -> CollectorRegistry:
    """A registry of its own for one server, with the process's memory, CPU and file descriptors."""
    registry = CollectorRegistry(auto_describe=True)
    ProcessCollector(registry=registry)
    return registry
