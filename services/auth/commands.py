"""The operator's command: adding a person."""

import argparse
import os
import sys
from typing import TextIO

from meshkit.database import Database
from meshkit.errors import MeshError
from meshkit.secrets import Secret
from meshkit.settings import DatabaseSettings, load
from services.auth.adapters.accounts import SqlAccounts
from services.auth.adding_users import AddingUsers, NewUser
from services.auth.model import ROLES
from services.auth.passwords import Passwords

ADD_USER = "add-user"


def parser() -> argparse.ArgumentParser:
    add = argparse.ArgumentParser(
        prog=f"python -m services.auth {ADD_USER}",
        description="Adds a person to an organization; one who is in it with this role is left as they are.",
    )
    add.add_argument("--organization", required=True, help="the organization's slug")
    add.add_argument("--email", required=True)
    add.add_argument("--role", required=True, choices=ROLES)
    add.add_argument("--first-name", required=True)
    add.add_argument("--last-name", required=True)
    add.add_argument("--department", default="")
    add.add_argument("--team", default="")
    # Never as an argument: other accounts of the machine can read those.
    add.add_argument("--password-stdin", action="store_true", required=True, help="the password is standard input")
    return add


async def add_user(arguments: argparse.Namespace) -> int:
    """The exit status."""
    wanted = NewUser(
        organization_slug=arguments.organization,
        email=arguments.email,
        role=arguments.role,
        first_name=arguments.first_name,
        last_name=arguments.last_name,
        password=Secret(sys.stdin.read().rstrip("\r\n")),
        department=arguments.department,
        team=arguments.team,
    )
    settings = load(DatabaseSettings, os.environ)
    async with Database.open(settings) as database, Passwords() as passwords:
        try:
            added = await AddingUsers(SqlAccounts(database), passwords).add(wanted)
        except MeshError as error:
            return _said(sys.stderr, f"{error.reason}: {error.message}", 1)
    return _said(sys.stdout, f"{arguments.email} was added" if added else f"{arguments.email} was there", 0)


def _said(stream: TextIO, line: str, status: int) -> int:
    stream.write(f"{line}\n")
    return status
