"""Single sign-on as a browser goes through it, and what an administrator sets up for it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import grpc
import httpx
from infinure.auth.v1 import identity_provider_pb2 as provider_pb
from infinure.auth.v1 import identity_provider_service_pb2 as keeping_pb
from infinure.auth.v1 import (
    identity_provider_service_pb2_grpc,
    single_sign_on_service_pb2_grpc,
    user_pb2,
)
from infinure.auth.v1 import single_sign_on_service_pb2 as pb

from tests.auth.server import AuthServer, bearer
from tests.builders.identity_providers import CLIENT_SECRET, NameServer

PAGE = "http://localhost:8080/login/oidc"
DOMAIN = "works.example"


def keeping(auth: AuthServer) -> identity_provider_service_pb2_grpc.IdentityProviderServiceStub:
    return identity_provider_service_pb2_grpc.IdentityProviderServiceStub(auth.channel)


def service(auth: AuthServer) -> single_sign_on_service_pb2_grpc.SingleSignOnServiceStub:
    return single_sign_on_service_pb2_grpc.SingleSignOnServiceStub(auth.channel)


async def added(auth: AuthServer, token: str, name: str = DOMAIN) -> provider_pb.EmailDomain:
    request = keeping_pb.AddEmailDomainRequest(domain=name)
    return (await keeping(auth).AddEmailDomain(request, metadata=bearer(token))).domain


async def verify(auth: AuthServer, token: str, domain_id: str) -> provider_pb.EmailDomain:
    request = keeping_pb.VerifyEmailDomainRequest(email_domain_id=domain_id)
    return (await keeping(auth).VerifyEmailDomain(request, metadata=bearer(token))).domain


async def own_domain(auth: AuthServer, names: NameServer, token: str, name: str = DOMAIN) -> provider_pb.EmailDomain:
    domain = await added(auth, token, name)
    names.records[domain.record_name] = domain.record_value
    return await verify(auth, token, domain.id)


def oidc_settings(issuer: str, **changes: Any) -> provider_pb.IdentityProviderSettings:
    fields = {
        "name": "Works",
        "oidc": provider_pb.OidcSettings(issuer=issuer, client_id="infinure"),
        "enabled": True,
        "creates_users": True,
        "default_role": user_pb2.ROLE_VIEWER,
    }
    return provider_pb.IdentityProviderSettings(**{**fields, **changes})


async def created(
    auth: AuthServer, token: str, settings: provider_pb.IdentityProviderSettings, secret: str = CLIENT_SECRET
) -> provider_pb.IdentityProvider:
    request = keeping_pb.CreateIdentityProviderRequest(settings=settings, client_secret=secret)
    return (await keeping(auth).CreateIdentityProvider(request, metadata=bearer(token))).identity_provider


async def updated(
    auth: AuthServer, token: str, provider: provider_pb.IdentityProvider, **more: Any
) -> provider_pb.IdentityProvider:
    request = keeping_pb.UpdateIdentityProviderRequest(
        identity_provider_id=provider.id, settings=provider.settings, etag=provider.etag, **more
    )
    return (await keeping(auth).UpdateIdentityProvider(request, metadata=bearer(token))).identity_provider


@dataclass
class Departed:
    """A browser that was told where to go."""

    redirect_uri: str
    cookie: str

    @property
    def metadata(self) -> tuple[tuple[str, str], ...]:
        return (("cookie", self.cookie),)

    def parameter(self, name: str) -> str:
        return parse_qs(urlsplit(self.redirect_uri).query)[name][0]


async def departed(auth: AuthServer, email: str) -> Departed:
    call = service(auth).BeginSingleSignOn(pb.BeginSingleSignOnRequest(email=email))
    reply = await call
    headers = [value for key, value in await call.initial_metadata() if key == "set-cookie"]
    (cookie,) = [str(header).partition(";")[0] for header in headers]
    assert "HttpOnly; SameSite=Strict" in str(headers[0])
    return Departed(reply.redirect_uri, cookie)


async def returned(departure: Departed, page: str = PAGE) -> dict[str, str]:
    """The query that the provider sends the browser back to our page with."""
    async with httpx.AsyncClient() as browser:
        address = departure.redirect_uri
        for _ in range(10):
            response = await browser.get(address)
            assert response.is_redirect, response.text
            address = urljoin(address, response.headers["location"])
            if address.startswith(page):
                return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    raise AssertionError("the provider never sends the browser back")


def finish(
    auth: AuthServer, query: dict[str, str], departure: Departed | None, **changes: str
) -> grpc.aio.UnaryUnaryCall[pb.FinishOidcRequest, pb.FinishOidcResponse]:
    given = {"state": query["state"], "code": query.get("code", ""), "issuer": query.get("iss", ""), **changes}
    metadata = departure.metadata if departure is not None else None
    return service(auth).FinishOidc(pb.FinishOidcRequest(**given), metadata=metadata)


async def logged_in(auth: AuthServer, email: str) -> pb.FinishOidcResponse:
    departure = await departed(auth, email)
    return await finish(auth, await returned(departure), departure)
