"""ServiceAccountService."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

import grpc
from infinure.auth.v1 import service_account_service_pb2 as pb
from infinure.auth.v1 import service_account_service_pb2_grpc
from infinure.error.v1.access_pb2 import Permission

from meshkit import identity
from meshkit.secrets import Secret
from services.auth.model import ApiKey
from services.auth.rpc import requests, translate
from services.auth.rpc.administration_messages import ROLE_NAMES
from services.auth.service_accounts import ExchangingApiKeys, KeepingServiceAccounts, ServiceAccount

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class ServiceAccountServicer(service_account_service_pb2_grpc.ServiceAccountServiceServicer):
    """Programs of the caller's organization, and whoever has a key."""

    keeping: KeepingServiceAccounts
    exchanging: ExchangingApiKeys

    async def CreateServiceAccount(
        self, request: pb.CreateServiceAccountRequest, context: Context
    ) -> pb.CreateServiceAccountResponse:
        made = await self.keeping.create(requests.person(context), request.name, ROLE_NAMES[request.role])
        return pb.CreateServiceAccountResponse(service_account=_account(made))

    async def ListServiceAccounts(
        self, request: pb.ListServiceAccountsRequest, context: Context
    ) -> pb.ListServiceAccountsResponse:
        found = await self.keeping.listed(identity.caller().organization_id)
        return pb.ListServiceAccountsResponse(service_accounts=map(_account, found))

    async def DeleteServiceAccount(
        self, request: pb.DeleteServiceAccountRequest, context: Context
    ) -> pb.DeleteServiceAccountResponse:
        await self.keeping.delete(requests.person(context), UUID(request.service_account_id))
        return pb.DeleteServiceAccountResponse()

    async def CreateApiKey(self, request: pb.CreateApiKeyRequest, context: Context) -> pb.CreateApiKeyResponse:
        life = timedelta(days=request.life_days) if request.life_days else None
        account_id, scopes = UUID(request.service_account_id), frozenset(request.scopes)
        key, secret = await self.keeping.create_key(requests.person(context), account_id, request.name, scopes, life)
        return pb.CreateApiKeyResponse(api_key=_key(key), secret=secret.reveal())

    async def RevokeApiKey(self, request: pb.RevokeApiKeyRequest, context: Context) -> pb.RevokeApiKeyResponse:
        await self.keeping.revoke_key(requests.person(context), UUID(request.api_key_id))
        return pb.RevokeApiKeyResponse()

    async def ExchangeApiKey(self, request: pb.ExchangeApiKeyRequest, context: Context) -> pb.ExchangeApiKeyResponse:
        token = await self.exchanging.exchange(
            Secret(request.api_key), requests.address(context), requests.origin(context)
        )
        return pb.ExchangeApiKeyResponse(
            access_token=token.value.reveal(), expire_time=translate.timestamp(token.expires_at)
        )


def _account(one: ServiceAccount) -> pb.ServiceAccount:
    return pb.ServiceAccount(
        id=str(one.user.id),
        name=one.user.first_name,
        role=translate.ROLES[one.user.role],
        active=one.user.is_active,
        create_time=translate.timestamp(one.user.created_at),
        keys=map(_key, one.keys),
    )


def _key(one: ApiKey) -> pb.ApiKey:
    message = pb.ApiKey(
        id=str(one.id),
        name=one.name,
        hint=one.hint,
        scopes=[cast(Permission.ValueType, number) for number in sorted(one.scopes)],
        create_time=translate.timestamp(one.created_at),
        expire_time=translate.timestamp(one.expires_at),
    )
    if one.last_used_at is not None:
        message.last_use_time.FromDatetime(one.last_used_at)
    return message
