"""What administrators do, as a client does it."""

from typing import Any

from infinure.auth.v1 import (
    email_service_pb2,
    organization_service_pb2_grpc,
    user_administration_service_pb2_grpc,
    user_pb2,
)
from infinure.auth.v1 import organization_service_pb2 as organization_pb
from infinure.auth.v1 import user_administration_service_pb2 as pb

from tests.auth.mailbox import link, mail
from tests.auth.server import PASSWORD, AuthServer, bearer

SUBJECT = "You are invited to Infinure"
BO = "bo@example.test"


def service(auth: AuthServer) -> user_administration_service_pb2_grpc.UserAdministrationServiceStub:
    return user_administration_service_pb2_grpc.UserAdministrationServiceStub(auth.channel)


def place(role: user_pb2.Role.ValueType = user_pb2.ROLE_ANALYST, **more: Any) -> pb.UserPlace:
    return pb.UserPlace(role=role, **more)


async def invited(auth: AuthServer, token: str, email: str = BO, **placed: Any) -> pb.UserAccount:
    request = pb.InviteUserRequest(email=email, first_name="Bo", last_name="Lind", place=place(**placed))
    return (await service(auth).InviteUser(request, metadata=bearer(token))).account


async def mailed(auth: AuthServer, email: str = BO, number: int = 1) -> str:
    """The token that somebody who is invited was mailed."""
    page, token = link(await mail(auth, email, SUBJECT, number))
    assert page == "/accept-invitation"
    return token


async def accept(auth: AuthServer, token: str, password: str = PASSWORD) -> None:
    request = email_service_pb2.AcceptInvitationRequest(token=token, new_password=password)
    await auth.emails.AcceptInvitation(request)


async def joined(auth: AuthServer, token: str, email: str = BO, **placed: Any) -> pb.UserAccount:
    """Somebody who was invited and has accepted."""
    account = await invited(auth, token, email, **placed)
    await accept(auth, await mailed(auth, email))
    return await found(auth, token, account.user.id)


async def found(auth: AuthServer, token: str, user_id: str) -> pb.UserAccount:
    request = pb.GetUserRequest(user_id=user_id)
    return (await service(auth).GetUser(request, metadata=bearer(token))).account


async def listed(auth: AuthServer, token: str, **asked: Any) -> pb.ListUsersResponse:
    return await service(auth).ListUsers(pb.ListUsersRequest(**asked), metadata=bearer(token))


async def changed(auth: AuthServer, token: str, account: pb.UserAccount, **placed: Any) -> pb.UserAccount:
    request = pb.UpdateUserRequest(user_id=account.user.id, place=place(**placed), etag=account.etag)
    return (await service(auth).UpdateUser(request, metadata=bearer(token))).account


async def settings(auth: AuthServer, token: str) -> organization_pb.GetOrganizationSettingsResponse:
    stub = organization_service_pb2_grpc.OrganizationServiceStub(auth.channel)
    return await stub.GetOrganizationSettings(organization_pb.GetOrganizationSettingsRequest(), metadata=bearer(token))


async def set_to(auth: AuthServer, token: str, etag: str, **values: Any) -> organization_pb.OrganizationSettings:
    stub = organization_service_pb2_grpc.OrganizationServiceStub(auth.channel)
    wanted = {"name": "Meridian", "password_policy": organization_pb.PASSWORD_POLICY_CLASSES, **values}
    request = organization_pb.UpdateOrganizationSettingsRequest(
        settings=organization_pb.OrganizationSettings(**wanted), etag=etag
    )
    return (await stub.UpdateOrganizationSettings(request, metadata=bearer(token))).settings
