"""What a new password must be, in the two ways between which an organization chooses.

`classes`, the default: 12 characters with upper and lower case, digit and symbol. `nist` (SP 800-63B-4): 15 characters,
or 8 beside a second factor, of whatever kind. Both refuse what is guessed first (`common_passwords.py`).

Characters are Unicode code points and classes are Unicode's, so that every script's letters and digits count. A space
is allowed anywhere but is no symbol. Nothing is cut off or trimmed.
"""

import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass

from services.auth import common_passwords
from services.auth.errors import PasswordTooWeak

# UTF-8. More is refused before it is hashed: argon2 would take it, at a cost that a stranger chooses.
LONGEST_BYTES = 1024
CLASSES, NIST = "classes", "nist"
MODES = (CLASSES, NIST)


@dataclass(frozen=True)
class Rule:
    """One rule: its name for programs, its wording for people, and whether a password keeps it."""

    name: str
    wording: str
    holds: Callable[[str], bool]


def _has(*categories: str) -> Callable[[str], bool]:
    return lambda password: any(unicodedata.category(character).startswith(categories) for character in password)


def _shortest(length: int) -> Rule:
    return Rule("length", f"at least {length} characters", lambda password: len(password) >= length)


def _unlike(longest_unit: int) -> Rule:
    return Rule(
        "common",
        "to be none that is guessed first: no common password, no sequence, no repetition",
        lambda password: (
            not common_passwords.is_common(password) and not common_passwords.repeats(password, longest_unit)
        ),
    )


_LONGEST = Rule("longest", f"at most {LONGEST_BYTES} bytes", lambda password: len(password.encode()) <= LONGEST_BYTES)
_TEXT = Rule("text", "no control characters", lambda password: not _has("Cc", "Cs")(password))
_CLASSES = (
    _shortest(12),
    Rule("upper", "an upper-case letter", _has("Lu", "Lt")),
    Rule("lower", "a lower-case letter", _has("Ll")),
    Rule("digit", "a digit", _has("Nd")),
    Rule("symbol", "a symbol", _has("P", "S")),
    _TEXT,
    _unlike(3),
)
# Nothing but length holds a repetition off here: a unit that has all four classes counts as well.
_UNLIKE_NIST = _unlike(4)


def check(password: str, words: Collection[str] = (), *, mode: str = CLASSES, second_factor: bool = False) -> None:
    """`words` are what the account and its organization are called by; none may stand in the password.

    Raises:
        PasswordTooWeak: naming every rule broken.
    """
    if not _LONGEST.holds(password):
        raise PasswordTooWeak([_LONGEST.name], _LONGEST.wording)  # nothing else looks at so much
    own = Rule("own", "nothing that you or your organization are called", lambda one: not _holds(one, words))
    broken = [rule for rule in (*_rules(mode, second_factor), own) if not rule.holds(canonical(password))]
    if broken:
        raise PasswordTooWeak([rule.name for rule in broken], ", ".join(rule.wording for rule in broken))


def canonical(password: str) -> str:
    """The one form of what different keyboards send for the same text (RFC 8265, OpaqueString): NFC, plain spaces."""
    composed = unicodedata.normalize("NFC", password)
    return "".join(" " if unicodedata.category(character) == "Zs" else character for character in composed)


def words_of(email: str, organization_name: str, organization_slug: str = "") -> tuple[str, ...]:
    """What an account and its organization are called by."""
    return (email.partition("@")[0], organization_name, organization_slug)


def _rules(mode: str, second_factor: bool) -> tuple[Rule, ...]:
    if mode == NIST:
        return (_shortest(8 if second_factor else 15), _TEXT, _UNLIKE_NIST)
    return _CLASSES


def _holds(password: str, words: Collection[str]) -> bool:
    return common_passwords.holds_word(password, words)
