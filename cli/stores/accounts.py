"""Under whom a store runs. PostgreSQL refuses root, so root starts it as an account that owns nothing else."""

import os
import stat
from pathlib import Path

from cli.errors import CommandError
from cli.launching import Account

NOBODY = Account(uid=65534, gid=65534)


def store_account() -> Account | None:
    """The unprivileged account for a store when we are root; None (our own account) otherwise."""
    return NOBODY if os.geteuid() == 0 else None


def private_folder(folder: Path, account: Account | None) -> None:
    """Makes `folder` (mode 0700) and gives it to the account. Idempotent."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    if account:
        os.chown(folder, account.uid, account.gid)


def require_reachable(path: Path, account: Account | None) -> None:
    """Refuses when the account cannot walk to `path`. Folders above are not ours, so they are never changed.

    Raises:
        CommandError: a folder on the way is closed to the account; the hint says what to do.
    """
    if account is None:
        return
    for folder in reversed(path.resolve().parents):
        if folder.exists() and not _may_enter(folder.stat(), account):
            raise CommandError(
                f"{path} cannot be reached by the unprivileged account (uid {account.uid}) "
                f"that PostgreSQL runs under: {folder} is closed to it.",
                f"Run infinure as an ordinary user, or move it out of {folder}: another --home (or INFINURE_HOME) "
                f"such as /var/lib/infinure for the data, another folder for the project; or: chmod o+x {folder}",
            )


def _may_enter(status: os.stat_result, account: Account) -> bool:
    if status.st_uid == account.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)
