"""Rows to the model."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select

from services.auth.adapters.tables import organizations, users
from services.auth.model import Account, Organization, Session, User

# The members of an organization's settings.
POLICY_SETTING, MFA_SETTING, MFA_BY_EMAIL_SETTING = "password_policy", "mfa_required", "mfa_by_email"
USER_COLUMNS = [column.label(f"user_{column.name}") for column in users.columns]
ACCOUNT_COLUMNS = [
    *USER_COLUMNS,
    *(column.label(f"organization_{column.name}") for column in organizations.columns if column.name != "id"),
]


def select_account(organization_id: UUID, user_id: UUID) -> Select[Any]:
    """One user with the organization; `account` reads the row."""
    joined = users.join(organizations, organizations.c.id == users.c.organization_id)
    return (
        select(*ACCOUNT_COLUMNS)
        .select_from(joined)
        .where(users.c.organization_id == organization_id, users.c.id == user_id)
    )


def account(row: Row[Any]) -> Account:
    found = user(row)
    return Account(
        found,
        Organization(
            found.organization_id,
            row.organization_name,
            row.organization_slug,
            row.organization_industry,
            row.organization_created_at,
            *_settings(row.organization_settings),
        ),
    )


def user(row: Row[Any]) -> User:
    return User(
        id=row.user_id,
        organization_id=row.user_organization_id,
        email=row.user_email or "",
        first_name=row.user_first_name,
        last_name=row.user_last_name,
        role=row.user_role,
        created_at=row.user_created_at,
        department=row.user_department,
        team=row.user_team,
        grants=tuple(row.user_grants),
        source_ids=tuple(UUID(source_id) for source_id in row.user_source_ids),
        is_active=row.user_is_active,
        last_login_at=row.user_last_login_at,
        email_verified_at=row.user_email_verified_at,
        invited_at=row.user_invited_at,
        updated_at=row.user_updated_at,
    )


def organization(row: Row[Any]) -> Organization:
    return Organization(row.id, row.name, row.slug, row.industry, row.created_at, *_settings(row.settings))


def _settings(settings: dict[str, Any]) -> tuple[str, bool, bool]:
    policy = str(settings.get(POLICY_SETTING, Organization.policy))
    return policy, bool(settings.get(MFA_SETTING)), bool(settings.get(MFA_BY_EMAIL_SETTING))


def session(row: Row[Any]) -> Session:
    return Session(row.id, row.organization_id, row.user_id, row.started_at, row.ends_at)


def user_values(user: User, password_hash: str | None) -> dict[str, object]:
    return {
        "organization_id": user.organization_id,
        "id": user.id,
        "email": user.email or None,
        "is_service": user.is_program,
        "password_hash": password_hash,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "role": user.role,
        "department": user.department,
        "team": user.team,
        "grants": list(user.grants),
        "source_ids": [str(source_id) for source_id in user.source_ids],
        "is_active": user.is_active,
        "email_verified_at": user.email_verified_at,
        "invited_at": user.invited_at,
        "created_at": user.created_at,
        "updated_at": user.created_at,
    }
