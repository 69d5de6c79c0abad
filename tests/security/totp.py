"""The corpus of one-time codes: the vectors of RFC 4226 and 6238, and codes that must not be taken.

Lines that leave the verdict to the policy, or tell of a whole exchange, have tests of their own: `docs/security.md`.
"""

import base64
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from meshkit.secrets import Secret
from services.auth.totp import STEP_SECONDS, Codes
from tests.security.outcome import Outcome

DIGESTS = {"SHA1": hashlib.sha1, "SHA256": hashlib.sha256, "SHA512": hashlib.sha512}
# How cases are named in which a code of the moment was accepted before.
AFTER_ANOTHER = ("after", "again", "replay", "reuse", "same code", "twice")


def run(folder: Path) -> tuple[list[Outcome], int]:
    """Outcomes, and how many lines are left to tests of their own."""
    lines = [json.loads(line) for line in (folder / "totp.jsonl").read_text().split("\n") if line.strip()]
    judged = [line for line in lines if line["expect"] != "policy" and line["kind"] != "scenario"]
    return [_judge(line) for line in judged], len(lines) - len(judged)


def _judge(line: dict[str, Any]) -> Outcome:
    must_refuse = line["expect"] == "refuse"
    secret = Secret(base64.b32encode(line["secret_ascii"].encode()).decode())
    codes = Codes(line["digits"], DIGESTS[line.get("alg", "SHA1")])
    if "counter" in line:
        accepted = codes.of_step(secret, line["counter"]) == line["code"]
    else:
        accepted = _accepted(codes, secret, line)
    return Outcome(line["id"], f"totp/{line['kind']}", must_refuse, accepted != must_refuse, f"accepted {accepted}")


def _accepted(codes: Codes, secret: Secret, line: dict[str, Any]) -> bool:
    now = datetime.fromtimestamp(line["time"], UTC)
    step = line["time"] // STEP_SECONDS
    last = step if any(word in line.get("name", "").lower() for word in AFTER_ANOTHER) else None
    if codes.accepted_step(secret, line["code"], now, last) is None:
        return False
    shorter = Codes(6, codes.digest)
    return "code6" not in line or shorter.accepted_step(secret, line["code6"], now, last) == step
