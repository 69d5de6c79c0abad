"""The corpus of new passwords: `verdict` by the default policy, `nist_asvs_verdict` by the other.

In the second, "accept" is for an account with a second factor, "accept_if_mfa" for that and not without, "refuse" for
both. Lines that leave the verdict to the policy, or tell of a whole exchange, have tests of their own:
`docs/security.md` lists them.
"""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from meshkit.secrets import Secret
from services.auth import password_policy
from services.auth.errors import PasswordTooWeak
from services.auth.new_passwords import Held, NewPasswords
from services.auth.passwords import Passwords
from tests.security.outcome import Outcome


def run(folder: Path) -> tuple[list[Outcome], int]:
    """Outcomes, and how many lines are left to tests of their own."""
    lines = [json.loads(line) for line in (folder / "passwords.jsonl").read_text().split("\n") if line.strip()]
    judged = [line for line in lines if line["verdict"] != "policy" and "scenario" not in line]
    return asyncio.run(_judged(judged)), len(lines) - len(judged)


async def _judged(lines: Sequence[dict[str, Any]]) -> list[Outcome]:
    async with Passwords() as passwords:
        return [await _judge(line, NewPasswords(passwords)) for line in lines]


async def _judge(line: dict[str, Any], new: NewPasswords) -> Outcome:
    wanted = _password(line)
    history = list(reversed(line.get("history", ())))
    hashes = [await new.passwords.hash(Secret(one)) for one in history]
    context = tuple(line.get("context", {}).values())
    words = tuple(word.partition("@")[0] for word in context)
    said = {}
    for mode, second_factor in ((password_policy.CLASSES, False), (password_policy.NIST, False), ("nist", True)):
        held = Held(mode, words, second_factor, hashes)
        current = Secret(history[0]) if history else None
        said[mode, second_factor] = await _accepts(new, Secret(wanted), held, current)
    distinct = "pair" not in line or not await _same(new.passwords, wanted, line["pair"])
    expected = _holds(line["verdict"], said["classes", False], said["classes", False], distinct) and _holds(
        line["nist_asvs_verdict"], said["nist", True], said["nist", False], distinct
    )
    group = "password/" + ("history" if history else "context" if context else "alone")
    return Outcome(line["id"], group, "refuse" in line["verdict"], expected, f"{said}, distinct {distinct}")


def _holds(verdict: str, accepted: bool, without_second_factor: bool, distinct: bool) -> bool:
    match verdict:
        case "accept":
            return accepted
        case "accept_distinct":
            return accepted and distinct
        case "accept_if_mfa":
            return accepted and not without_second_factor
        case "refuse_or_distinct":
            return not accepted or distinct
        case _:
            return not accepted and not without_second_factor


async def _accepts(new: NewPasswords, wanted: Secret, held: Held, current: Secret | None) -> bool:
    try:
        await new.check(wanted, held, current)
    except PasswordTooWeak:
        return False
    return True


async def _same(passwords: Passwords, one: str, other: str) -> bool:
    return await passwords.matches(Secret(other), await passwords.hash(Secret(one)))


def _password(line: dict[str, Any]) -> str:
    made = line.get("generate")
    if made is None:
        return str(line["password"])
    unit = str(made["unit"])
    return unit * (int(made["bytes"]) // len(unit.encode()))
