"""The operator's commands: adding a person, what an organization's logins are held to, verifying the audit trail."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TextIO

from meshkit.database import Database
from meshkit.errors import MeshError
from meshkit.ids import utc_now
from meshkit.secrets import Secret
from meshkit.settings import DatabaseSettings, load
from services.auth import password_policy
from services.auth.adapters import rows
from services.auth.adapters.accounts import SqlAccounts
from services.auth.adapters.activities import SqlActivities, SqlTrail
from services.auth.adapters.anchors import FolderAnchors
from services.auth.adapters.erasure_ledger import FOLDER, FolderLedger
from services.auth.adapters.erasures import SqlErasures
from services.auth.adapters.head_signing import HeadSigner
from services.auth.adapters.signing_keys import open_keyring
from services.auth.adding_users import AddingUsers, NewUser
from services.auth.model import ROLES
from services.auth.passwords import Passwords
from services.auth.settings import AuditSettings
from services.auth.verifying import Verifying

ADD_USER, SET_PASSWORD_POLICY, VERIFY_AUDIT = "add-user", "set-password-policy", "verify-audit"
ERASE_AGAIN = "erase-again"
VOUCH_FOR_EMAIL, REQUIRE_MFA, ALLOW_EMAIL_CODES = "vouch-for-email", "require-mfa", "allow-email-codes"
ALL = (ADD_USER, SET_PASSWORD_POLICY, REQUIRE_MFA, ALLOW_EMAIL_CODES, VERIFY_AUDIT, VOUCH_FOR_EMAIL, ERASE_AGAIN)


async def run(arguments: Sequence[str]) -> int | None:
    """The exit status; None if it was none of these commands."""
    match arguments:
        case [command, *rest] if command == ADD_USER:
            return await add_user(parser().parse_args(rest))
        case [command, *rest] if command == SET_PASSWORD_POLICY:
            chosen = policy_parser().parse_args(rest)
            return await change_setting(chosen.organization, rows.POLICY_SETTING, chosen.mode)
        case [command, *rest] if command == REQUIRE_MFA:
            chosen = mfa_parser().parse_args(rest)
            return await change_setting(chosen.organization, rows.MFA_SETTING, not chosen.off)
        case [command, *rest] if command == ALLOW_EMAIL_CODES:
            chosen = email_codes_parser().parse_args(rest)
            return await change_setting(chosen.organization, rows.MFA_BY_EMAIL_SETTING, not chosen.off)
        case [command, *rest] if command == VOUCH_FOR_EMAIL:
            return await vouch_for_email(vouching_parser().parse_args(rest))
        case [command] if command == VERIFY_AUDIT:
            return await verify_audit()
        case [command] if command == ERASE_AGAIN:
            return await erase_again()
    return None


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


def policy_parser() -> argparse.ArgumentParser:
    setting = argparse.ArgumentParser(
        prog=f"python -m services.auth {SET_PASSWORD_POLICY}",
        description="Says what new passwords of an organization are held to; those in use stay.",
    )
    setting.add_argument("--organization", required=True, help="the organization's slug")
    setting.add_argument("--mode", required=True, choices=password_policy.MODES)
    return setting


def vouching_parser() -> argparse.ArgumentParser:
    vouching = argparse.ArgumentParser(
        prog=f"python -m services.auth {VOUCH_FOR_EMAIL}",
        description="Confirms an account's e-mail address in its owner's place.",
    )
    vouching.add_argument("--email", required=True)
    return vouching


async def vouch_for_email(arguments: argparse.Namespace) -> int:
    """The exit status."""
    trail = SqlTrail(_signer(load(AuditSettings, os.environ)))
    async with Database.open(load(DatabaseSettings, os.environ)) as database:
        accounts = SqlAccounts(database, trail)
        known = await accounts.by_email(arguments.email)
        if known is None:
            return _said(sys.stderr, "there is no account of this e-mail", 1)
        await accounts.vouch(known.account.user, utc_now())
    return _said(sys.stdout, f"{arguments.email} is confirmed", 0)


def mfa_parser() -> argparse.ArgumentParser:
    setting = argparse.ArgumentParser(
        prog=f"python -m services.auth {REQUIRE_MFA}",
        description="Lets nobody of an organization log in by a password alone; open sessions go on to their end.",
    )
    setting.add_argument("--organization", required=True, help="the organization's slug")
    setting.add_argument("--off", action="store_true", help="from now on it is everybody's own choice again")
    return setting


def email_codes_parser() -> argparse.ArgumentParser:
    setting = argparse.ArgumentParser(
        prog=f"python -m services.auth {ALLOW_EMAIL_CODES}",
        description="Lets a code by e-mail be the second factor that an organization's people need beside a password.",
    )
    setting.add_argument("--organization", required=True, help="the organization's slug")
    setting.add_argument("--off", action="store_true", help="from now on it is no longer enough")
    return setting


async def change_setting(slug: str, name: str, value: str | bool) -> int:
    """The exit status."""
    trail = SqlTrail(_signer(load(AuditSettings, os.environ)))
    async with Database.open(load(DatabaseSettings, os.environ)) as database:
        accounts = SqlAccounts(database, trail)
        organization = await accounts.organization_by_slug(slug)
        if organization is None:
            return _said(sys.stderr, "there is no organization of this slug", 1)
        await accounts.change_setting(organization.id, name, value, utc_now())
    return _said(sys.stdout, f"{organization.slug}: {name} is {str(value).lower()}", 0)


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
    settings, audit = load(DatabaseSettings, os.environ), load(AuditSettings, os.environ)
    async with Database.open(settings) as database, Passwords() as passwords:
        try:
            added = await AddingUsers(SqlAccounts(database, SqlTrail(_signer(audit))), passwords).add(wanted)
        except MeshError as error:
            return _said(sys.stderr, f"{error.reason}: {error.message}", 1)
    return _said(sys.stdout, f"{arguments.email} was added" if added else f"{arguments.email} was there", 0)


async def verify_audit() -> int:
    """The exit status: 0 if every organization's trail holds, 1 if a link is broken, 2 if that can't be found out."""
    settings, audit = load(DatabaseSettings, os.environ), load(AuditSettings, os.environ)
    signer, broken, held, trails = _signer(audit), 0, 0, 0
    async with Database.open(settings) as database:
        verifying = Verifying(SqlActivities(database, SqlTrail(signer)), FolderAnchors(audit.anchor_dir), signer)
        try:
            async for verdict in verifying.all():
                trails, held = trails + 1, held + verdict.held
                if verdict.broken:
                    broken += 1
                    _said(sys.stdout, f"organization {verdict.organization_id}: {verdict.broken}", 1)
        except MeshError as error:
            return _said(sys.stderr, f"{error.reason}: {error.message}", 2)
    if broken:
        return _said(sys.stdout, f"{broken} of {trails} trails are broken", 1)
    return _said(sys.stdout, f"{trails} trails hold: {held} activities", 0)


async def erase_again() -> int:
    """After a backup was restored. The exit status; the jobs that this adds run with the service."""
    settings, audit = load(DatabaseSettings, os.environ), load(AuditSettings, os.environ)
    ledger, added = FolderLedger(audit.anchor_dir / FOLDER).kept(), 0
    async with Database.open(settings) as database:
        erasures = SqlErasures(database, SqlTrail(_signer(audit)), delay=0.0)
        try:
            for erasure in ledger:
                added += await erasures.again(erasure, utc_now())
        except MeshError as error:
            return _said(sys.stderr, f"{error.reason}: {error.message}", 1)
    return _said(sys.stdout, f"{added} of {len(ledger)} people who were erased are erased again", 0)


def _signer(audit: AuditSettings) -> HeadSigner:
    return HeadSigner(open_keyring(audit.key_dir, utc_now()))


def _said(stream: TextIO, line: str, status: int) -> int:
    stream.write(f"{line}\n")
    return status
