"""What is kept of the demo between starts: its passwords, and which steps of its making are done."""

import secrets
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from cli.files import read_json, write_json

# Short, unlike one another, easy to type. Four of them and four digits are 9.4e9 choices: enough behind a login that
# limits tries, on a machine that shows the password to its owner anyway.
_WORDS = (
    "Amber", "Basil", "Cedar", "Cobalt", "Coral", "Delta", "Ember", "Falcon", "Ginger", "Harbor", "Indigo", "Ivory",
    "Jasper", "Juniper", "Lagoon", "Lemon", "Maple", "Marble", "Nectar", "Olive", "Orchid", "Panda", "Pepper", "Quartz",
    "River", "Saffron", "Silver", "Sunset", "Timber", "Velvet", "Walnut", "Zephyr",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoState:
    """The demo's file (mode 0600). Every demo user has the same password, so that one can be remembered; `today` is the
    first day without business, settled at the first start."""

    path: Path
    password: str = field(repr=False)
    reader_password: str = field(repr=False)
    today: date
    done: tuple[str, ...] = ()

    @classmethod
    def load(cls, path: Path) -> "DemoState | None":
        """The state, or None when there is no demo."""
        kept: dict[str, Any] | None = read_json(path, None)
        if kept is None:
            return None
        day = date.fromisoformat(kept["today"])
        return cls(path, kept["password"], kept["reader_password"], day, tuple(kept["done"]))

    @classmethod
    def load_or_make(cls, path: Path, today: date) -> "DemoState":
        """The state; its passwords and its day are settled at the first call."""
        state = cls.load(path)
        if state is None:
            state = cls(path, new_password(), secrets.token_urlsafe(24), today)
            state._write()
        return state

    def with_step(self, step: str) -> "DemoState":
        """Records that a step is done and needs no doing again, even if what it made was since removed."""
        state = replace(self, done=(*self.done, step))
        state._write()
        return state

    def _write(self) -> None:
        kept = {"password": self.password, "reader_password": self.reader_password, "today": self.today.isoformat()}
        write_json(self.path, {**kept, "done": self.done})


def new_password() -> str:
    """Such as `Cedar-Lemon-Quartz-River-4821`: upper and lower case, digits and a symbol, over 12 characters."""
    words = [secrets.choice(_WORDS) for _ in range(4)]
    return "-".join([*words, f"{secrets.randbelow(9000) + 1000}"])
