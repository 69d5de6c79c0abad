"""Under whom a store runs. PostgreSQL refuses root, so root starts it as an account that owns nothing else."""

import os
import stat
import sys
from pathlib import Path

from cli.errors import CommandError
from cli.launching import CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, Account

NOBODY = 65534


def store_account(*paths: Path) -> Account | None:
    """The unprivileged account for a store when we are root; None (our own account) otherwise.

    The account must walk to every one of `paths`. Folders above them are not ours, so they are never changed: where one
    is closed (a clone below /root, say), the store is given the right to pass through, and keeps no other of root's.

    Raises:
        CommandError: a folder on the way is closed and we can't give that right; the hint says what to do.
    """
    if os.geteuid() != 0:
        return None
    closed = next((folder for path in paths for folder in closed_folders(path, NOBODY)), None)
    if closed is None:
        return Account(NOBODY, NOBODY)
    capability = _passing_capability()
    if capability is None:
        raise CommandError(
            f"{closed} is closed to the unprivileged account (uid {NOBODY}) that PostgreSQL runs under.",
            "Run infinure as an ordinary user, or use folders outside of it: another --home (or INFINURE_HOME) such as "
            f"/var/lib/infinure for the data, another place for the project; or open it by: chmod o+x {closed}",
        )
    return Account(NOBODY, NOBODY, capability)


def closed_folders(path: Path, uid: int) -> list[Path]:
    """The existing folders on the way to `path` that a user (in the group of the same number) may not enter."""
    folders = reversed(path.resolve().parents)
    return [folder for folder in folders if folder.exists() and not _may_enter(folder.stat(), uid)]


def private_folder(folder: Path, account: Account | None) -> None:
    """Makes `folder` (mode 0700) and gives it to the account. Idempotent."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    if account:
        os.chown(folder, account.uid, account.gid)


def _may_enter(status: os.stat_result, uid: int) -> bool:
    if status.st_uid == uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == uid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def _passing_capability() -> int | None:
    """The smallest capability we hold by which a process may enter any folder (containers often lack the first)."""
    if not sys.platform.startswith("linux"):
        return None
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    held = int(status["CapEff"], 16) & int(status["CapBnd"], 16)
    return next((wanted for wanted in (CAP_DAC_READ_SEARCH, CAP_DAC_OVERRIDE) if held >> wanted & 1), None)
