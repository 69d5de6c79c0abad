"""What a new password must be: 12 characters with upper and lower case, digit and symbol.

Characters are Unicode code points and classes are Unicode's, so that every script's letters count. A space is allowed
anywhere but is no symbol. Nothing is cut off or trimmed: what was typed is what is hashed.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from services.auth.errors import PasswordTooWeak

MINIMUM_LENGTH = 12


@dataclass(frozen=True)
class Rule:
    """One rule: its name for programs, its wording for people, and whether a password keeps it."""

    name: str
    wording: str
    holds: Callable[[str], bool]


def _has(*categories: str) -> Callable[[str], bool]:
    return lambda password: any(unicodedata.category(character).startswith(categories) for character in password)


RULES: tuple[Rule, ...] = (
    Rule("length", f"at least {MINIMUM_LENGTH} characters", lambda password: len(password) >= MINIMUM_LENGTH),
    Rule("upper", "an upper-case letter", _has("Lu", "Lt")),
    Rule("lower", "a lower-case letter", _has("Ll")),
    Rule("digit", "a digit", _has("Nd")),
    Rule("symbol", "a symbol", _has("P", "S")),
)


def check(password: str) -> None:
    """Raises:
    PasswordTooWeak: naming every rule broken.
    """
    broken = [rule for rule in RULES if not rule.holds(password)]
    if broken:
        raise PasswordTooWeak([rule.name for rule in broken], ", ".join(rule.wording for rule in broken))
