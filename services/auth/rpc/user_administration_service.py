"""UserAdministrationService."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import grpc
from infinure.auth.v1 import user_administration_service_pb2 as pb
from infinure.auth.v1 import user_administration_service_pb2_grpc

from meshkit import identity
from meshkit.paging import PageTokens
from services.auth.administering_users import AdministeringUsers
from services.auth.administration import After
from services.auth.importing_users import ImportingUsers
from services.auth.inviting import Invited, Inviting
from services.auth.rpc import administration_messages as messages
from services.auth.rpc import requests

Context = grpc.aio.ServicerContext[Any, Any]
DEFAULT_PAGE = 50


@dataclass(frozen=True)
class UserAdministrationServicer(user_administration_service_pb2_grpc.UserAdministrationServiceServicer):
    """The people of the caller's organization."""

    administering: AdministeringUsers
    inviting: Inviting
    importing: ImportingUsers
    page_tokens: PageTokens

    async def ListUsers(self, request: pb.ListUsersRequest, context: Context) -> pb.ListUsersResponse:
        caller = identity.caller()
        listing = f"users {request.filter.SerializeToString(deterministic=True).hex()}"
        position = self.page_tokens.open(request.page_token, listing=listing, caller=caller)
        page = await self.administering.page(
            caller.organization_id,
            messages.wanted(request.filter),
            After(position["last_name"], position["first_name"], UUID(position["id"])) if position else None,
            request.page_size or DEFAULT_PAGE,
        )
        token = ""
        if page.next is not None:
            names = {"last_name": page.next.last_name, "first_name": page.next.first_name}
            token = self.page_tokens.seal({**names, "id": str(page.next.user_id)}, listing=listing, caller=caller)
        return pb.ListUsersResponse(
            accounts=map(messages.account, page.shown), next_page_token=token, total_size=page.total or 0
        )

    async def GetUser(self, request: pb.GetUserRequest, context: Context) -> pb.GetUserResponse:
        found = await self.administering.find(identity.caller().organization_id, UUID(request.user_id))
        return pb.GetUserResponse(account=messages.account(found))

    async def UpdateUser(self, request: pb.UpdateUserRequest, context: Context) -> pb.UpdateUserResponse:
        person, place = requests.person(context), messages.place(request.place)
        changed = await self.administering.put(person, UUID(request.user_id), place, request.etag)
        return pb.UpdateUserResponse(account=messages.account(changed))

    async def DeactivateUser(self, request: pb.DeactivateUserRequest, context: Context) -> pb.DeactivateUserResponse:
        changed = await self.administering.deactivate(requests.person(context), UUID(request.user_id))
        return pb.DeactivateUserResponse(account=messages.account(changed))

    async def ActivateUser(self, request: pb.ActivateUserRequest, context: Context) -> pb.ActivateUserResponse:
        changed = await self.administering.activate(requests.person(context), UUID(request.user_id))
        return pb.ActivateUserResponse(account=messages.account(changed))

    async def EndUserSessions(self, request: pb.EndUserSessionsRequest, context: Context) -> pb.EndUserSessionsResponse:
        ended = await self.administering.end_sessions(requests.person(context), UUID(request.user_id))
        return pb.EndUserSessionsResponse(ended_session_count=ended)

    async def InviteUser(self, request: pb.InviteUserRequest, context: Context) -> pb.InviteUserResponse:
        place = messages.place(request.place)
        wanted = Invited(request.email, request.first_name, request.last_name, place)
        return pb.InviteUserResponse(
            account=messages.account(await self.inviting.invite(requests.person(context), wanted))
        )

    async def ResendInvitation(
        self, request: pb.ResendInvitationRequest, context: Context
    ) -> pb.ResendInvitationResponse:
        changed = await self.inviting.invite_again(requests.person(context), UUID(request.user_id))
        return pb.ResendInvitationResponse(account=messages.account(changed))

    async def WithdrawInvitation(
        self, request: pb.WithdrawInvitationRequest, context: Context
    ) -> pb.WithdrawInvitationResponse:
        await self.inviting.withdraw(requests.person(context), UUID(request.user_id))
        return pb.WithdrawInvitationResponse()

    async def ImportUsers(self, request: pb.ImportUsersRequest, context: Context) -> pb.ImportUsersResponse:
        person = requests.person(context)
        report = await self.importing.run(person, request.csv, validate_only=request.validate_only)
        return pb.ImportUsersResponse(rows=map(messages.imported, report))
