"""IdentityProviderService."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import grpc
from infinure.auth.v1 import identity_provider_pb2, identity_provider_service_pb2_grpc
from infinure.auth.v1 import identity_provider_service_pb2 as pb

from meshkit import identity
from meshkit.secrets import Secret
from services.auth.rpc import identity_provider_messages as messages
from services.auth.rpc import requests
from services.auth.sso.keeping import KeepingDomains, KeepingProviders
from services.auth.sso.model import IdentityProvider

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class IdentityProviderServicer(identity_provider_service_pb2_grpc.IdentityProviderServiceServicer):
    """Domains and identity providers of the caller's organization."""

    domains: KeepingDomains
    providers: KeepingProviders
    redirect_uri: str
    consumer_url: Callable[[UUID], str]

    async def ListEmailDomains(
        self, request: pb.ListEmailDomainsRequest, context: Context
    ) -> pb.ListEmailDomainsResponse:
        found = await self.domains.listed(identity.caller().organization_id)
        return pb.ListEmailDomainsResponse(domains=map(messages.domain, found))

    async def AddEmailDomain(self, request: pb.AddEmailDomainRequest, context: Context) -> pb.AddEmailDomainResponse:
        added = await self.domains.add(requests.person(context), request.domain)
        return pb.AddEmailDomainResponse(domain=messages.domain(added))

    async def VerifyEmailDomain(
        self, request: pb.VerifyEmailDomainRequest, context: Context
    ) -> pb.VerifyEmailDomainResponse:
        verified = await self.domains.verify(requests.person(context), UUID(request.email_domain_id))
        return pb.VerifyEmailDomainResponse(domain=messages.domain(verified))

    async def RemoveEmailDomain(
        self, request: pb.RemoveEmailDomainRequest, context: Context
    ) -> pb.RemoveEmailDomainResponse:
        await self.domains.remove(requests.person(context), UUID(request.email_domain_id))
        return pb.RemoveEmailDomainResponse()

    async def ListIdentityProviders(
        self, request: pb.ListIdentityProvidersRequest, context: Context
    ) -> pb.ListIdentityProvidersResponse:
        found = await self.providers.listed(identity.caller().organization_id)
        return pb.ListIdentityProvidersResponse(identity_providers=map(self._message, found))

    async def CreateIdentityProvider(
        self, request: pb.CreateIdentityProviderRequest, context: Context
    ) -> pb.CreateIdentityProviderResponse:
        settings, secret = messages.wanted(request.settings), Secret(request.client_secret)
        made = await self.providers.create(requests.person(context), settings, secret)
        return pb.CreateIdentityProviderResponse(identity_provider=self._message(made))

    async def UpdateIdentityProvider(
        self, request: pb.UpdateIdentityProviderRequest, context: Context
    ) -> pb.UpdateIdentityProviderResponse:
        secret = Secret(request.client_secret) if request.HasField("client_secret") else None
        settings, provider_id = messages.wanted(request.settings), UUID(request.identity_provider_id)
        changed = await self.providers.put(requests.person(context), provider_id, settings, secret, request.etag)
        return pb.UpdateIdentityProviderResponse(identity_provider=self._message(changed))

    async def DeleteIdentityProvider(
        self, request: pb.DeleteIdentityProviderRequest, context: Context
    ) -> pb.DeleteIdentityProviderResponse:
        await self.providers.delete(requests.person(context), UUID(request.identity_provider_id))
        return pb.DeleteIdentityProviderResponse()

    def _message(self, one: IdentityProvider) -> identity_provider_pb2.IdentityProvider:
        return messages.provider(one, self.redirect_uri, self.consumer_url)
