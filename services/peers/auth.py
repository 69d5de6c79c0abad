"""Clients of the auth service: keys, revocations, short tokens, and what is known of people.

Each takes an open channel to auth (`meshkit.channel.open_channel`). A service's composition root, in short:

    channel = await resources.enter_async_context(open_channel(settings.auth, tls, service="auth", safe=SAFE))
    revocations = AuthRevocations(channel)
    verifier = TokenVerifier(AuthKeys(channel), revocations)
    Assembly(..., background=(revocations.run,), ready=(revocations.check,))
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import grpc
import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from infinure.auth.v1 import auth_service_pb2, auth_service_pb2_grpc, identity_service_pb2, identity_service_pb2_grpc
from infinure.auth.v1.consent_pb2 import ConsentPurpose
from infinure.auth.v1.user_pb2 import Role

from meshkit import identity, jws
from meshkit.errors import MeshError
from meshkit.identity import Caller
from meshkit.ids import utc_now
from meshkit.secrets import Secret
from meshkit.tokens import ALGORITHM, RS256
from services.peers.caching import TimedCache
from services.peers.revocations import POLL_SECONDS, Ended, PolledRevocations

# All of auth's rpcs that other services call may happen twice.
SAFE = (
    "infinure.auth.v1.AuthService/GetJwks",
    "infinure.auth.v1.AuthService/ExchangeToken",
    "infinure.auth.v1.IdentityService/ListRevocations",
    "infinure.auth.v1.IdentityService/GetUserAttributes",
    "infinure.auth.v1.IdentityService/GetIndustryTemplate",
    "infinure.auth.v1.IdentityService/GetWithdrawnConsents",
)
KEYS_LIFE = timedelta(minutes=5)
# A flood of tokens with made-up key ids asks auth no more often than this.
KEYS_REST = timedelta(seconds=5)
ANSWERS_LIFE = timedelta(seconds=30)
MOST_ANSWERS = 10_000
# An answer waits no longer to hear whether anything may be learned from it.
CONSENT_SECONDS = 1.0


class AuthKeys:
    """The port Keys over GetJwks. Keys are fetched again when they are old and when a token names an unknown one."""

    def __init__(self, channel: grpc.aio.Channel, *, clock: Callable[[], datetime] = utc_now) -> None:
        self._auth = auth_service_pb2_grpc.AuthServiceStub(channel)
        self._clock = clock
        self._keys: dict[str, RSAPublicKey] = {}
        self._fetched = datetime.min.replace(tzinfo=UTC)
        self._fetching = asyncio.Lock()

    async def key(self, kid: str) -> RSAPublicKey | None:
        """The public key; None if auth has none of that id.

        Raises:
            MeshError: the keys were never fetched and can't be now.
        """
        age = self._clock() - self._fetched
        if age > KEYS_LIFE or (kid not in self._keys and age > KEYS_REST):
            await self._fetch()
        return self._keys.get(kid)

    async def _fetch(self) -> None:
        asked = self._fetched
        async with self._fetching:
            if self._fetched != asked:
                return  # somebody else did while we waited
            try:
                reply = await self._auth.GetJwks(auth_service_pb2.GetJwksRequest())
            except MeshError:
                if not self._keys:
                    raise
                # The keys we have go on verifying while auth is away.
                self._fetched = self._clock() - KEYS_LIFE + KEYS_REST
                return
            found = ({field.name: value for field, value in key.ListFields()} for key in reply.keys)
            self._keys = jws.public_keys(found, ALGORITHM, RS256)
            self._fetched = self._clock()


class AuthRevocations(PolledRevocations):
    """The port Revocations over ListRevocations; run `run` as a background task."""

    def __init__(
        self,
        channel: grpc.aio.Channel,
        *,
        clock: Callable[[], datetime] = utc_now,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        self._identity = identity_service_pb2_grpc.IdentityServiceStub(channel)
        super().__init__(self._page, clock=clock, poll_seconds=poll_seconds)

    async def _page(self, cursor: int) -> tuple[Sequence[Ended], int]:
        request = identity_service_pb2.ListRevocationsRequest(after_cursor=cursor)
        reply = await self._identity.ListRevocations(request)
        return [_ended(one) for one in reply.revocations], reply.cursor


class AuthTokens:
    """Short tokens over ExchangeToken, as callers: `with acting_as(await tokens.exchange(caller())): …`."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._auth = auth_service_pb2_grpc.AuthServiceStub(channel)

    async def exchange(self, whom: Caller) -> Caller:
        """The same user under a token good for 5 minutes, whatever is left of the time of the token shown.

        Raises:
            Unauthenticated: the session or the user has ended.
        """
        subject = auth_service_pb2.UserSubject(token=whom.token.reveal())
        return _caller(await self._auth.ExchangeToken(auth_service_pb2.ExchangeTokenRequest(user=subject)))

    async def exchange_job(self, organization_id: UUID, job_id: UUID, user_id: UUID | None = None) -> Caller:
        """A caller for background work, with the rights of whoever asked for it, if anybody did.

        Raises:
            Unauthenticated: no such organization or user, or the user is no longer active.
        """
        subject = auth_service_pb2.JobSubject(
            organization_id=str(organization_id),
            job_id=str(job_id),
            user_id=str(user_id) if user_id is not None else "",
        )
        return _caller(await self._auth.ExchangeToken(auth_service_pb2.ExchangeTokenRequest(job=subject)))


class AuthConsents:
    """What the running caller's person allows: asked anew each time, as what is withdrawn ends at once."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._identity = identity_service_pb2_grpc.IdentityServiceStub(channel)

    async def given(self, purpose: ConsentPurpose.ValueType) -> bool:
        """Raises MeshError: auth can't say, and so nothing is allowed."""
        request = identity_service_pb2.GetWithdrawnConsentsRequest()
        reply = await self._identity.GetWithdrawnConsents(request, timeout=CONSENT_SECONDS)
        return purpose not in reply.purposes


@dataclass(frozen=True)
class UserAttributes:
    """What policies and presentation need to know of a user; `role` as in tokens, e.g. "ceo"."""

    user_id: UUID
    organization_id: UUID
    email: str
    first_name: str
    last_name: str
    role: str
    department: str
    team: str
    permissions: frozenset[int]
    source_ids: frozenset[UUID]


@dataclass(frozen=True)
class IndustryTemplate:
    """What is usual in the organization's industry."""

    industry: str
    name: str
    sensitive_fields: tuple[str, ...]
    compliance_frameworks: tuple[str, ...]
    default_questions: tuple[str, ...]
    chart_types: tuple[str, ...]
    kpis: tuple[str, ...]
    connectors: tuple[str, ...]


class AuthDirectory:
    """What auth knows of the caller's organization and its people; answers are at most 30 seconds old."""

    def __init__(self, channel: grpc.aio.Channel, *, clock: Callable[[], datetime] = utc_now) -> None:
        self._identity = identity_service_pb2_grpc.IdentityServiceStub(channel)
        self._users: TimedCache[tuple[UUID, UUID | None], UserAttributes] = TimedCache(
            ANSWERS_LIFE, MOST_ANSWERS, clock
        )
        self._templates: TimedCache[UUID, IndustryTemplate] = TimedCache(ANSWERS_LIFE, MOST_ANSWERS, clock)

    async def user_attributes(self, user_id: UUID | None = None) -> UserAttributes:
        """A user of the running caller's organization; by default the caller.

        Raises:
            NotFound: USER_NOT_FOUND.
        """
        caller = identity.caller()
        whom = user_id or caller.user_id
        return await self._users.get((caller.organization_id, whom), lambda: self._fetch_user(whom))

    async def industry_template(self) -> IndustryTemplate:
        """The template of the running caller's organization."""
        return await self._templates.get(identity.caller().organization_id, self._fetch_template)

    async def _fetch_user(self, user_id: UUID | None) -> UserAttributes:
        request = identity_service_pb2.GetUserAttributesRequest(user_id=str(user_id) if user_id else "")
        reply = await self._identity.GetUserAttributes(request)
        user = reply.user
        return UserAttributes(
            user_id=UUID(user.id),
            organization_id=UUID(user.organization_id),
            email=user.email,
            first_name=user.first_name,
            last_name=user.last_name,
            role=Role.Name(user.role).removeprefix("ROLE_").lower(),
            department=user.department,
            team=user.team,
            permissions=frozenset(user.permissions),
            source_ids=frozenset(UUID(source_id) for source_id in reply.source_ids),
        )

    async def _fetch_template(self) -> IndustryTemplate:
        reply = await self._identity.GetIndustryTemplate(identity_service_pb2.GetIndustryTemplateRequest())
        template = reply.industry_template
        return IndustryTemplate(
            industry=template.industry,
            name=template.name,
            sensitive_fields=tuple(template.sensitive_fields),
            compliance_frameworks=tuple(template.compliance_frameworks),
            default_questions=tuple(template.default_questions),
            chart_types=tuple(template.chart_types),
            kpis=tuple(template.kpis),
            connectors=tuple(template.connectors),
        )


def _ended(one: identity_service_pb2.Revocation) -> Ended:
    return Ended(
        session_id=UUID(one.session_id) if one.session_id else None,
        user_id=UUID(one.user_id) if one.user_id else None,
        revoke_time=one.revoke_time.ToDatetime(tzinfo=UTC),
        expire_time=one.expire_time.ToDatetime(tzinfo=UTC),
    )


def _caller(reply: auth_service_pb2.ExchangeTokenResponse) -> Caller:
    # Not verified here: auth itself said it a moment ago, over mTLS, and whoever is shown the token verifies it.
    claims = jwt.decode(reply.token, options={"verify_signature": False})
    return Caller(
        organization_id=UUID(claims["org"]),
        user_id=UUID(claims["sub"]) if "sub" in claims else None,
        role=claims.get("role", ""),
        permissions=frozenset(claims["perms"]),
        session_id=UUID(claims["sid"]) if "sid" in claims else None,
        job_id=UUID(claims["job"]) if "job" in claims else None,
        token_type=claims["typ"],
        token=Secret(reply.token),
        expire_time=reply.expire_time.ToDatetime(tzinfo=UTC),
        source_ids=frozenset(map(UUID, claims["srcs"])) if "srcs" in claims else None,
    )
