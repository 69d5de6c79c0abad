"""What a worker is given to do, and what it answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import pyarrow as pa

MIB = 1024 * 1024
GIB = 1024 * MIB

Message: TypeAlias = "dict[str, Any] | pa.RecordBatch"


@dataclass(frozen=True, slots=True)
class WorkLimits:
    """Of one worker. The libraries alone take some 0.4 GiB of address space.

    cpu_seconds: of all its threads together. wall_seconds: from its start to its end, waiting for the reader included.
    file_bytes: the largest file that it may write.
    """

    address_space_bytes: int = 4 * GIB
    cpu_seconds: int = 60
    wall_seconds: float = 60.0
    file_bytes: int = 8 * GIB


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work. Nothing but `readable` and what is in `writable` can be opened by it, and no network.

    function: "package.module:name" in a module that the pool has preloaded. It takes the arguments and yields
    messages (dicts that JSON can hold, or record batches), or raises Refused. For a conversation it returns a function
    that does so for each request. arguments: what JSON can hold. readable: files or folders. writable: folders.
    """

    function: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    readable: tuple[Path, ...] = ()
    writable: tuple[Path, ...] = ()
    limits: WorkLimits = field(default_factory=WorkLimits)

    def to_wire(self) -> dict[str, Any]:
        return {
            "function": self.function,
            "arguments": dict(self.arguments),
            "readable": [str(path.absolute()) for path in self.readable],
            "writable": [str(path.absolute()) for path in self.writable],
            "address_space_bytes": self.limits.address_space_bytes,
            "cpu_seconds": self.limits.cpu_seconds,
            "file_bytes": self.limits.file_bytes,
        }
