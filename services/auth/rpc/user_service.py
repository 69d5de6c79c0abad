"""UserService."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import grpc
from infinure.auth.v1 import user_service_pb2 as pb
from infinure.auth.v1 import user_service_pb2_grpc

from meshkit import identity
from meshkit.secrets import Secret
from services.auth.changing_passwords import ChangingPasswords, Wanted
from services.auth.errors import UserNotFound
from services.auth.people import People
from services.auth.rpc import requests, translate


@dataclass(frozen=True)
class UserServicer(user_service_pb2_grpc.UserServiceServicer):
    """About people."""

    people: People
    changing: ChangingPasswords

    async def GetMe(self, request: pb.GetMeRequest, context: "grpc.aio.ServicerContext[Any, Any]") -> pb.GetMeResponse:
        caller = identity.caller()
        if caller.user_id is None:
            raise UserNotFound("")
        account = await self.people.find(caller.organization_id, caller.user_id)
        return pb.GetMeResponse(
            user=translate.user(account.user), organization=translate.organization(account.organization)
        )

    async def ChangePassword(
        self, request: pb.ChangePasswordRequest, context: "grpc.aio.ServicerContext[Any, Any]"
    ) -> pb.ChangePasswordResponse:
        caller = identity.caller()
        if caller.user_id is None:
            raise UserNotFound("")
        wanted = Wanted(Secret(request.current_password), Secret(request.new_password))
        ended = await self.changing.change(
            caller.organization_id,
            caller.user_id,
            caller.session_id,
            wanted,
            requests.address(context),
            requests.origin(context),
        )
        return pb.ChangePasswordResponse(ended_session_count=ended)

    async def BatchGetMembers(
        self, request: pb.BatchGetMembersRequest, context: "grpc.aio.ServicerContext[Any, Any]"
    ) -> pb.BatchGetMembersResponse:
        wanted = list(dict.fromkeys(map(UUID, request.user_ids)))
        found = await self.people.members(identity.caller().organization_id, wanted)
        return pb.BatchGetMembersResponse(members=map(translate.member, found))
