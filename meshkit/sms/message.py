"""A text message, and the port that takes it."""

import json
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from meshkit.ids import new_id


class TextUndelivered(Exception):
    """The message wasn't taken now; trying again may help. The text holds no number and nothing that a server said."""


class TextRefused(Exception):
    """The message can't be sent, however often it is tried. The text as above."""


@dataclass(frozen=True)
class Text:
    """What one person is to read. `to` is a number in E.164 (`+` and digits); `id` stays the same over retries."""

    to: str = field(repr=False)
    text: str = field(repr=False)
    id: UUID = field(default_factory=new_id)

    @property
    def json(self) -> bytes:
        """As it is handed on: an object with `id`, `to` and `text`."""
        return json.dumps({"id": str(self.id), "to": self.to, "text": self.text}, ensure_ascii=False).encode()


class Texter(Protocol):
    """Where text messages leave."""

    async def send(self, text: Text) -> None:
        """Returns when the next station has taken responsibility for it.

        Raises:
            TextUndelivered: not now.
            TextRefused: never.
        """

    async def forget(self, to: str) -> int:
        """Deletes the messages to a number that are kept here, and says how many; those that have left are others'."""
        ...
