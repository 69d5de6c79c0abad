"""The tables, as the migrations leave them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Identity,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import INET, JSONB

metadata = MetaData()


def _moment(name: str, nullable: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


organizations = Table(
    "organizations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", String(255), nullable=False),
    Column("slug", String(100), nullable=False),
    Column("industry", String(100), nullable=False),
    Column("subscription_tier", String(50), nullable=False, server_default="starter"),
    Column("settings", JSONB, nullable=False, server_default="{}"),
    _moment("created_at"),
    _moment("updated_at"),
)

users = Table(
    "users",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("email", String(255)),
    Column("is_service", Boolean, nullable=False, server_default="false"),
    Column("password_hash", String(255)),
    Column("first_name", String(100), nullable=False),
    Column("last_name", String(100), nullable=False),
    Column("role", String(50), nullable=False),
    Column("department", String(100), nullable=False, server_default=""),
    Column("team", String(100), nullable=False, server_default=""),
    Column("grants", JSONB, nullable=False, server_default="[]"),
    Column("source_ids", JSONB, nullable=False, server_default="[]"),
    Column("is_active", Boolean, nullable=False, server_default="true"),
    _moment("last_login_at", nullable=True),
    _moment("email_verified_at", nullable=True),
    _moment("invited_at", nullable=True),
    _moment("erased_at", nullable=True),
    _moment("created_at"),
    _moment("updated_at"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    _moment("started_at"),
    _moment("last_used_at"),
    _moment("ends_at"),
    _moment("ended_at", nullable=True),
    Column("end_reason", String(50)),
    Column("user_agent", String(512), nullable=False),
    Column("ip_address", INET),
    Column("method", String(50), nullable=False),
)

refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("session_id", Uuid, nullable=False),
    Column("token_hash", LargeBinary, nullable=False),
    _moment("created_at"),
    _moment("used_at", nullable=True),
)

revocations = Table(
    "revocations",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("cursor", BigInteger, Identity(always=True), primary_key=True),
    Column("session_id", Uuid),
    Column("user_id", Uuid),
    _moment("revoked_at"),
    _moment("expires_at"),
)

former_passwords = Table(
    "former_passwords",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("password_hash", String(255), nullable=False),
    _moment("replaced_at"),
)

email_tokens = Table(
    "email_tokens",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("user_id", Uuid, primary_key=True),
    Column("letter", String(50), primary_key=True),
    Column("token_hash", LargeBinary, nullable=False),
    _moment("expires_at"),
)

data_keys = Table(
    "data_keys",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
    _moment("created_at"),
)

totp_secrets = Table(
    "totp_secrets",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("key_version", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    _moment("created_at"),
    _moment("confirmed_at", nullable=True),
    Column("last_step", BigInteger),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("code_hash", LargeBinary, nullable=False),
    _moment("created_at"),
    _moment("used_at", nullable=True),
)

pending_logins = Table(
    "pending_logins",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("token_hash", LargeBinary, nullable=False),
    Column("enrols", Boolean, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("code_hash", LargeBinary),
    _moment("created_at"),
    _moment("expires_at"),
    _moment("ended_at", nullable=True),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("name", String(100), nullable=False),
    Column("hint", String(20), nullable=False),
    Column("key_hash", LargeBinary, nullable=False),
    Column("scopes", JSONB, nullable=False),
    _moment("created_at"),
    _moment("expires_at"),
    _moment("last_used_at", nullable=True),
    _moment("revoked_at", nullable=True),
)

email_domains = Table(
    "email_domains",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("name", String(253), nullable=False),
    Column("token", String(100), nullable=False),
    _moment("created_at"),
    _moment("verified_at", nullable=True),
)

# `settings` has the protocol's members and the rules; `sealed` is OpenID Connect's client secret.
identity_providers = Table(
    "identity_providers",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("protocol", String(10), nullable=False),
    Column("settings", JSONB, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("key_version", Integer),
    Column("sealed", LargeBinary),
    _moment("created_at"),
    _moment("updated_at"),
)

identity_links = Table(
    "identity_links",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("provider_id", Uuid, primary_key=True),
    Column("subject_hash", LargeBinary, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    _moment("created_at"),
)

sso_logins = Table(
    "sso_logins",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("provider_id", Uuid, nullable=False),
    Column("state_hash", LargeBinary, nullable=False),
    Column("binding_hash", LargeBinary),
    Column("ticket_hash", LargeBinary),
    Column("user_id", Uuid),
    Column("session_id", Uuid),
    _moment("created_at"),
    _moment("expires_at"),
    _moment("taken_at", nullable=True),
)

saml_assertions = Table(
    "saml_assertions",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("provider_id", Uuid, primary_key=True),
    Column("assertion_hash", LargeBinary, primary_key=True),
    _moment("expires_at"),
)

remembered_devices = Table(
    "remembered_devices",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("token_hash", LargeBinary, nullable=False),
    Column("user_agent", Text, nullable=False),
    _moment("created_at"),
    _moment("last_used_at"),
    _moment("expires_at"),
)

user_activities = Table(
    "user_activities",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("sequence", BigInteger, nullable=False),
    Column("user_id", Uuid),
    Column("action", String(100), nullable=False),
    Column("resource_type", String(100)),
    Column("resource_id", Uuid),
    Column("metadata", JSONB, nullable=False),
    Column("ip_address", INET),
    Column("user_agent", Text),
    Column("origin_salt", LargeBinary),
    Column("origin_hash", LargeBinary, nullable=False),
    _moment("created_at"),
    Column("previous_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)

activity_heads = Table(
    "activity_heads",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("sequence", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("key_id", String(64), nullable=False),
    Column("signature", LargeBinary, nullable=False),
    _moment("signed_at"),
)

activity_starts = Table(
    "activity_starts",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("sequence", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("key_id", String(64), nullable=False),
    Column("signature", LargeBinary, nullable=False),
    _moment("signed_at"),
)

erasures = Table(
    "erasures",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("requested_by", Uuid, nullable=False),
    _moment("requested_at"),
    _moment("completed_at", nullable=True),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("last_problem", String(200), nullable=False, server_default=""),
)

erasure_evidence = Table(
    "erasure_evidence",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("erasure_id", Uuid, primary_key=True),
    Column("service", String(50), primary_key=True),
    Column("stores", JSONB, nullable=False),
    _moment("answered_at"),
)

retention_runs = Table(
    "retention_runs",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("service", String(50), primary_key=True),
    _moment("before"),
    Column("stores", JSONB, nullable=False),
    _moment("done_at"),
)

consents = Table(
    "consents",
    metadata,
    Column("organization_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("purpose", String(50), nullable=False),
    Column("given", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    _moment("created_at"),
)

# No tenant's: counted before anybody is known, by digests.
login_attempts = Table(
    "login_attempts",
    metadata,
    Column("key", LargeBinary, primary_key=True),
    Column("failures", Integer, nullable=False),
    _moment("window_start"),
)
