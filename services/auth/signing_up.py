"""Signing up an organization: its template, its first user, who leads it, and a session for that user."""

import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from meshkit.ids import new_id, utc_now
from meshkit.secrets import Secret
from services.auth import password_policy
from services.auth.audit import Origin
from services.auth.errors import SlugTaken
from services.auth.industry_templates import IndustryTemplates
from services.auth.letters import VERIFY_EMAIL
from services.auth.mail_caps import MailCaps
from services.auth.model import Opened, Organization, User
from services.auth.passwords import Passwords
from services.auth.ports import Accounts, Login
from services.auth.sessions import SessionKeeping

LONGEST_SLUG = 100
LEADER = "ceo"


@dataclass(frozen=True)
class SignUp:
    """What a person who signs up an organization states."""

    organization_name: str
    slug: str
    industry: str
    email: str
    password: Secret = field(repr=False)
    first_name: str
    last_name: str


@dataclass(frozen=True)
class SigningUp:
    """The use case."""

    accounts: Accounts
    sessions: SessionKeeping
    passwords: Passwords
    templates: IndustryTemplates
    caps: MailCaps
    clock: Callable[[], datetime] = utc_now

    async def sign_up(self, wanted: SignUp, address: str, origin: Origin) -> Opened:
        """The first user is mailed a link; not so if too many signed up from the address, who may ask for it later.

        Raises:
            IndustryUnknown, PasswordTooWeak, EmailTaken, SlugTaken.
        """
        industry = self.templates.named(wanted.industry).industry
        words = password_policy.words_of(wanted.email, wanted.organization_name, wanted.slug)
        password_policy.check(wanted.password.reveal(), words)
        password_hash = await self.passwords.hash(wanted.password)
        now = self.clock()
        slug = wanted.slug or slug_of(wanted.organization_name)
        organization = Organization(new_id(now), wanted.organization_name, slug, industry, now)
        leader = User(
            new_id(now), organization.id, wanted.email, wanted.first_name, wanted.last_name, LEADER, created_at=now
        )
        letter = VERIFY_EMAIL if await self.caps.allows_sign_up_from(address) else None
        try:
            await self.accounts.sign_up(organization, leader, password_hash, origin, letter)
        except SlugTaken:
            if wanted.slug:
                raise
            # Nobody chose the derived slug, so nobody minds an ending that sets it apart.
            apart = f"{slug[: LONGEST_SLUG - 9]}-{secrets.token_hex(4)}"
            organization = replace(organization, slug=apart)
            await self.accounts.sign_up(organization, leader, password_hash, origin, letter)
        return await self.sessions.open(leader, Login("sign_up", origin))


def slug_of(name: str) -> str:
    """A slug from a display name: ASCII letters and digits, hyphens for the rest."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].rstrip("-") or "organization"
