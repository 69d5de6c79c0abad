"""Coming in by an identity provider: from an e-mail's domain to the provider, and back to a session.

A login belongs to the browser that began it: a cookie holds a secret of which the store has the digest, and from which
OpenID Connect's nonce and code verifier are derived, so that neither is stored. It is taken once; one that comes again
ends the session it opened (RFC 9700, section 4.5). SAML's response comes by another site's form, without our cookie, so
it is turned into a ticket that the same browser then takes.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from meshkit.ids import new_id, utc_now
from meshkit.secrets import Secret
from services.auth.audit import Action, Activity, Origin
from services.auth.model import Opened, User, canonical_email
from services.auth.ports import Activities, Login
from services.auth.random_tokens import digest, new_token
from services.auth.sessions import SessionKeeping
from services.auth.sso.errors import Refusal, SsoAccountRefused, SsoLoginInvalid, SsoUnavailable
from services.auth.sso.model import BegunLogin, IdentityProvider, Oidc, Saml, Vouched, domain_of
from services.auth.sso.ports import (
    BegunLogins,
    EmailDomains,
    IdentityProviders,
    Newcomers,
    OidcProviders,
    SamlProviders,
)
from services.auth.throttling import Throttle

LIFE, TICKET_LIFE = timedelta(minutes=10), timedelta(minutes=1)
RESOURCE = "identity_provider"
LONGEST_NAME = 100


@dataclass(frozen=True)
class Departure:
    """Where the browser goes, and what it keeps until it is back."""

    redirect_uri: str
    binding: Secret
    expires_at: datetime


@dataclass(frozen=True)
class Entering:
    """The use cases."""

    domains: EmailDomains
    providers: IdentityProviders
    logins: BegunLogins
    newcomers: Newcomers
    oidc: OidcProviders
    saml: SamlProviders
    sessions: SessionKeeping
    activities: Activities
    throttle: Throttle
    is_email: Callable[[str], bool]
    clock: Callable[[], datetime] = utc_now

    async def begin(self, email: str, address: str) -> Departure:
        """Raises:
        SsoUnavailable: no provider for the domain.
        ProviderAway: it can't be asked.
        TooManyAttempts: too many from this address.
        """
        await self.throttle.begin_from(address)
        organization_id = await self.domains.owner(domain_of(email))
        provider = await self.providers.enabled(organization_id) if organization_id is not None else None
        if provider is None:
            raise SsoUnavailable()
        now, state, binding = self.clock(), new_token(), new_token()
        login = BegunLogin(new_id(now), provider.organization_id, provider.id, now, now + LIFE)
        protocol = provider.settings.protocol
        if isinstance(protocol, Oidc):
            uri = await self.oidc.authorization_uri(protocol, binding, state, canonical_email(email))
        else:
            uri = self.saml.request_uri(provider.id, protocol, login, state)
        await self.logins.begin(login, digest(state), digest(binding))
        return Departure(uri, binding, login.expires_at)

    async def finish_oidc(self, state: Secret, code: Secret, issuer: str, binding: Secret, origin: Origin) -> Opened:
        """The session.

        Raises:
            SsoLoginInvalid: the login isn't this browser's, is over or finished, or the provider's word doesn't hold.
            SsoAccountRefused: it names nobody who may come in.
            ProviderAway: it can't be asked.
        """
        login = await self.logins.take(digest(state), digest(binding), self.clock())
        provider = await self._provider(login)
        protocol = provider.settings.protocol
        if login is None or not isinstance(protocol, Oidc) or not code.reveal():
            raise SsoLoginInvalid()
        secret = await self.providers.secret(provider)
        try:
            vouched = await self.oidc.vouched(
                protocol, secret, binding, code, issuer, provider.settings.group_attribute
            )
        except SsoLoginInvalid:
            await self._refused(provider, Refusal.TOKEN, origin)
            raise
        user = await self._enter(provider, vouched, origin)
        return await self._open(login, user, "oidc", origin)

    async def consume(self, provider_id: UUID, response: str, state: str, address: str, origin: Origin) -> Secret:
        """The ticket that a SAML response is worth.

        Raises:
            SsoLoginInvalid: the response doesn't hold, or answers nothing that was asked.
            SsoAccountRefused: it names nobody who may come in.
            TooManyAttempts: too many from this address that nobody began.
        """
        provider, now = await self.providers.anywhere(provider_id), self.clock()
        if provider is None or not provider.settings.enabled:
            raise SsoLoginInvalid()
        protocol = provider.settings.protocol
        if not isinstance(protocol, Saml):
            raise SsoLoginInvalid()
        login = await self.logins.answered(digest(Secret(state)), provider.id, now)
        if login is None:
            if not protocol.idp_initiated:
                raise SsoLoginInvalid()
            # Each that is refused stands in the trail.
            await self.throttle.begin_from(address)
        try:
            # Parsing and verifying take milliseconds of a processor: in a thread.
            asserted = await asyncio.to_thread(
                self.saml.asserted,
                provider.id,
                protocol,
                response,
                login.request_id if login is not None else None,
                provider.settings.group_attribute,
            )
        except SsoLoginInvalid:
            await self._refused(provider, Refusal.TOKEN, origin)
            raise
        if not await self.logins.use_assertion(provider, asserted, now):
            await self._refused(provider, Refusal.REPLAYED, origin)
            raise SsoLoginInvalid()
        user = await self._enter(provider, asserted.vouched, origin)
        if login is None:
            login = BegunLogin(new_id(now), provider.organization_id, provider.id, now, now + TICKET_LIFE)
            await self.logins.begin(login, digest(new_token()), None)
        ticket = new_token()
        if not await self.logins.vouch(login, user.id, digest(ticket), now + TICKET_LIFE):
            raise SsoLoginInvalid()
        return ticket

    async def finish_saml(self, ticket: Secret, binding: Secret, origin: Origin) -> Opened:
        """The session. Raises SsoLoginInvalid."""
        login = await self.logins.take(digest(ticket), digest(binding), self.clock())
        provider = await self._provider(login)
        if login is None or login.user_id is None:
            raise SsoLoginInvalid()
        return await self._open(login, await self._known(provider, login.user_id), "saml", origin)

    async def _provider(self, login: BegunLogin | None) -> IdentityProvider:
        """The login's, if it is still trusted."""
        provider = await self.providers.find(login.organization_id, login.provider_id) if login is not None else None
        if provider is None or not provider.settings.enabled:
            raise SsoLoginInvalid()
        return provider

    async def _known(self, provider: IdentityProvider, user_id: UUID) -> User:
        user = await self.newcomers.find(provider.organization_id, user_id)
        if user is None:
            raise SsoLoginInvalid()
        return user

    async def _enter(self, provider: IdentityProvider, vouched: Vouched, origin: Origin) -> User:
        """Who it is; the e-mail must be of a domain that the organization has shown to be its own."""
        try:
            email = canonical_email(vouched.email)
            if vouched.email_verified is False:
                raise SsoAccountRefused(Refusal.UNVERIFIED)
            if not self.is_email(email) or await self.domains.owner(domain_of(email)) != provider.organization_id:
                raise SsoAccountRefused(Refusal.DOMAIN)
            now = self.clock()
            local = email.partition("@")[0]
            new = User(
                id=new_id(now),
                organization_id=provider.organization_id,
                email=email,
                first_name=(vouched.first_name.strip() or local)[:LONGEST_NAME],
                last_name=(vouched.last_name.strip() or local)[:LONGEST_NAME],
                role=provider.settings.role_of(vouched.groups) or provider.settings.default_role,
                created_at=now,
                email_verified_at=now,
                updated_at=now,
            )
            return await self.newcomers.enter(provider, vouched, new, origin, now)
        except SsoAccountRefused as refused:
            await self._refused(provider, refused.why, origin)
            raise

    async def _open(self, login: BegunLogin, user: User, method: str, origin: Origin) -> Opened:
        await self._change_is_over(user)
        opened = await self.sessions.open(user, Login(method, origin))
        await self.logins.opened(login, opened.session.id)
        return opened

    async def _change_is_over(self, user: User) -> None:
        """A change of role voids the tokens of its whole second, as claims count seconds: a moment's wait, and the
        session's first token is of the next one."""
        known, now = await self.newcomers.find(user.organization_id, user.id), self.clock()
        changed_at = known.updated_at if known is not None and known.updated_at != known.created_at else None
        if changed_at is not None and int(changed_at.timestamp()) == int(now.timestamp()):
            await asyncio.sleep(1 - now.microsecond / 1_000_000)

    async def _refused(self, provider: IdentityProvider, why: Refusal, origin: Origin) -> None:
        activity = Activity(Action.SSO_REFUSED, None, RESOURCE, provider.id, {"why": why.value})
        await self.activities.record(provider.organization_id, origin, activity, self.clock())
