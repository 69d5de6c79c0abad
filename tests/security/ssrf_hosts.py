"""The corpus `ssrf_hosts`: what users give as a source's host, with the answers of the DNS.

Where a line gives several rounds of answers, the host is checked once a round, as it is before every connect.
Redirects are lines of their own kind: sources are no URLs, so the check refuses the URL itself.
"""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from meshkit.hosts import HostNotAllowed, HostRules, check_host
from tests.security.outcome import Outcome


class _Answers:
    def __init__(self, addresses: Sequence[str]) -> None:
        self._addresses = tuple(a for a in addresses if not a.startswith("CNAME "))

    async def resolve(self, host: str) -> Sequence[str]:
        return self._addresses


def run(folder: Path) -> tuple[list[Outcome], int]:
    """Outcomes; no line is skipped."""
    lines = [json.loads(line) for line in (folder / "ssrf_hosts.jsonl").read_text().split("\n") if line.strip()]
    return [asyncio.run(_judge(line)) for line in lines], 0


async def _judge(line: dict[str, Any]) -> Outcome:
    must_refuse = line["verdict"] != "allow"
    answers = line["dns"] or []
    rounds = answers if answers and isinstance(answers[0], list) else [answers]
    said = "allowed"
    for addresses in rounds:
        try:
            await check_host(line["host"], line["port"], HostRules(), _Answers(addresses))
        except HostNotAllowed as refused:
            said = refused.reason.value
    return Outcome(line["id"], f"host/{line['kind']}", must_refuse, must_refuse == (said != "allowed"), said)
