"""The asker's time zone, and the moment that "today" is said at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cli.ask.exits import UsageProblem

_LOCALTIME = Path("/etc/localtime")


def zone_named(name: str | None, environment: Mapping[str, str]) -> str:
    """The IANA zone of that name, else this machine's, else UTC. Raises UsageProblem for an unknown name."""
    if name is not None:
        if not _is_zone(name):
            raise UsageProblem(f"No such time zone: {name[:60]}", "Name it like Europe/Berlin or UTC.")
        return name
    candidates = [environment.get("TZ", "").removeprefix(":"), _linked(_LOCALTIME)]
    return next((candidate for candidate in candidates if candidate and _is_zone(candidate)), "UTC")


def moment(text: str | None, zone: str) -> datetime | None:
    """An ISO date or date and time; one without an offset is the zone's. Raises UsageProblem."""
    if text is None:
        return None
    try:
        read = datetime.fromisoformat(text.strip())
        return read if read.tzinfo else read.replace(tzinfo=ZoneInfo(zone))
    except (ValueError, OverflowError):
        raise UsageProblem(
            f"--now isn't a date: {text[:60]}", "Write it like 2026-02-10 or 2026-02-10T12:00."
        ) from None


def _linked(path: Path) -> str:
    """The name that a link into the zone database stands for."""
    try:
        target = str(path.readlink())
    except OSError:  # a copy, or no such file
        return ""
    return target.partition("zoneinfo/")[2]


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
