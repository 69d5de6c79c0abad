"""The one place on the way out where a failure becomes a grpc status."""

import logging
from typing import Any

import grpc

from meshkit.errors import DETAILS_KEY, DeadlineExceeded, MeshError, to_status
from meshkit.interceptors.call import Call, Proceed
from meshkit.telemetry import request_id

_LOG = logging.getLogger("meshkit.errors")


class Errors:
    """MeshErrors go out as they are; anything else as INTERNAL with a fixed sentence, its whole story in the log.

    CancelledError isn't an Exception and passes: the client has left, nobody reads a status.
    """

    async def __call__(self, call: Call, proceed: Proceed) -> Any:
        try:
            return await proceed(call)
        except grpc.aio.AbortError:
            raise
        except Exception as error:
            if call.context.done():  # writing to a client that is gone
                call.code = "CANCELLED"
                raise
            failure = _named(error, call)
        # Outside the handler above: abort raises, and what it raises must not be taken for a failure of ours.
        status = to_status(failure, request_id=request_id())
        code = next(known for known in grpc.StatusCode if known.value[0] == status.code)
        call.code = code.name
        details = ((DETAILS_KEY, status.SerializeToString()),)
        return await call.context.abort(code, status.message, details)


def _named(error: Exception, call: Call) -> Exception:
    """The failure to tell; logs what is a defect."""
    found: BaseException = error
    while isinstance(found, BaseExceptionGroup) and len(found.exceptions) == 1:
        found = found.exceptions[0]
    if isinstance(found, MeshError):
        if found.code in ("INTERNAL", "UNAVAILABLE"):
            _LOG.warning("rpc failed", exc_info=error, extra={"method": call.method.name, "reason": found.reason})
        return found
    left = call.context.time_remaining()
    if isinstance(found, TimeoutError) and left is not None and left <= 0:
        return DeadlineExceeded("the deadline passed before the work was done")
    _LOG.error("defect", exc_info=error, extra={"method": call.method.name})
    return error
