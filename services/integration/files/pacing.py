"""When to tell progress."""

import time

from services.integration.files.duck import TELL_EVERY


class Pace:
    """Says so once every TELL_EVERY seconds."""

    def __init__(self) -> None:
        self._next = time.monotonic() + TELL_EVERY

    def due(self) -> bool:
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + TELL_EVERY
        return True
