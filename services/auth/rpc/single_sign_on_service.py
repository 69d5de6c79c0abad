"""SingleSignOnService."""

import html
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import grpc
from google.api.httpbody_pb2 import HttpBody
from infinure.auth.v1 import single_sign_on_service_pb2 as pb
from infinure.auth.v1 import single_sign_on_service_pb2_grpc

from meshkit.secrets import Secret
from services.auth.model import Opened
from services.auth.rpc import cookies, requests, translate
from services.auth.rpc.cookies import Cookies
from services.auth.sso.entering import Entering
from services.auth.sso.errors import SsoAccountRefused, SsoLoginInvalid

Context = grpc.aio.ServicerContext[Any, Any]
FORM = "application/x-www-form-urlencoded"
MOST_FORM_BYTES = 512 * 1024
# The page has no script and loads nothing; it only leads on. Nothing of the response stands in it.
PAGE_HEADERS = (
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "no-store"),
)


@dataclass(frozen=True)
class SingleSignOnServicer(single_sign_on_service_pb2_grpc.SingleSignOnServiceServicer):
    """Lets people in by an identity provider."""

    entering: Entering
    cookies: Cookies
    # The page of the application that takes a ticket.
    ticket_page: str
    clock: Callable[[], datetime]

    async def BeginSingleSignOn(
        self, request: pb.BeginSingleSignOnRequest, context: Context
    ) -> pb.BeginSingleSignOnResponse:
        departure = await self.entering.begin(request.email, requests.address(context))
        kept = self.cookies.holding(cookies.SSO, departure.binding, departure.expires_at, self.clock())
        await context.send_initial_metadata((("set-cookie", kept),))
        return pb.BeginSingleSignOnResponse(redirect_uri=departure.redirect_uri)

    async def FinishOidc(self, request: pb.FinishOidcRequest, context: Context) -> pb.FinishOidcResponse:
        opened = await self.entering.finish_oidc(
            Secret(request.state),
            Secret(request.code),
            request.issuer,
            requests.cookie(context, cookies.SSO),
            requests.origin(context),
        )
        return pb.FinishOidcResponse(**await self._handed_out(opened, context))

    async def ConsumeSamlAssertion(
        self, request: pb.ConsumeSamlAssertionRequest, context: Context
    ) -> pb.ConsumeSamlAssertionResponse:
        try:
            response, state = _posted(request.form)
            provider_id = UUID(request.identity_provider_id)
            address = requests.address(context)
            ticket = await self.entering.consume(provider_id, response, state, address, requests.origin(context))
            fragment = f"ticket={ticket.reveal()}"
        except (SsoLoginInvalid, SsoAccountRefused) as error:
            # It is a browser that reads this: the application says it in its own words.
            fragment = f"refused={error.reason}"
        await context.send_initial_metadata(PAGE_HEADERS)
        page = _page(f"{self.ticket_page}#{fragment}")
        return pb.ConsumeSamlAssertionResponse(page=HttpBody(content_type="text/html; charset=utf-8", data=page))

    async def FinishSaml(self, request: pb.FinishSamlRequest, context: Context) -> pb.FinishSamlResponse:
        binding = requests.cookie(context, cookies.SSO)
        opened = await self.entering.finish_saml(Secret(request.ticket), binding, requests.origin(context))
        return pb.FinishSamlResponse(**await self._handed_out(opened, context))

    async def _handed_out(self, opened: Opened, context: Context) -> dict[str, Any]:
        """The fields that both replies have; the cookies are set on the way."""
        kept = self.cookies.holding(cookies.REFRESH, opened.refresh, opened.session.ends_at, self.clock())
        over = self.cookies.cleared(cookies.SSO)
        await context.send_initial_metadata((("set-cookie", kept), ("set-cookie", over)))
        return {
            "access_token": opened.access.value.reveal(),
            "access_token_expire_time": translate.timestamp(opened.access.expires_at),
            "user": translate.user(opened.account.user),
            "organization": translate.organization(opened.account.organization),
        }


def _posted(form: HttpBody) -> tuple[str, str]:
    """The response and the state. Raises SsoLoginInvalid for what is no such form."""
    kind = form.content_type.partition(";")[0].strip().lower()
    if kind != FORM or len(form.data) > MOST_FORM_BYTES:
        raise SsoLoginInvalid()
    try:
        fields = parse_qs(form.data.decode("ascii"), strict_parsing=True, max_num_fields=10)
    except ValueError:
        raise SsoLoginInvalid() from None
    responses, states = fields.get("SAMLResponse", []), fields.get("RelayState", [""])
    if len(responses) != 1 or len(states) != 1:
        raise SsoLoginInvalid()
    return responses[0], states[0]


def _page(destination: str) -> bytes:
    to = html.escape(destination, quote=True)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Infinure</title>'
        f'<meta http-equiv="refresh" content="0;url={to}"></head>'
        f'<body><p><a href="{to}">Go on to Infinure</a></p></body></html>'
    ).encode()
