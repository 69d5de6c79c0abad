"""The id under which one request is found in the logs of every process that it passed."""

import re
from typing import Any

from meshkit.ids import new_id
from meshkit.interceptors.call import Call, Proceed
from meshkit.telemetry import REQUEST_ID

KEY = "x-request-id"
_SOUND = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestId:
    """Takes the id that came with the request, if it is sound, or makes one."""

    async def __call__(self, call: Call, proceed: Proceed) -> Any:
        REQUEST_ID.set(_received(call) or str(new_id()))
        return await proceed(call)


def _received(call: Call) -> str | None:
    for key, value in call.context.invocation_metadata() or ():
        if key == KEY:
            return value if isinstance(value, str) and _SOUND.fullmatch(value) else None
    return None
