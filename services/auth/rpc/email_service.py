"""EmailService."""

from dataclasses import dataclass
from typing import Any

import grpc
from infinure.auth.v1 import email_service_pb2 as pb
from infinure.auth.v1 import email_service_pb2_grpc

from meshkit.secrets import Secret
from services.auth.asking_for_mail import AskingForMail
from services.auth.inviting import AcceptingInvitations
from services.auth.letters import RESET_PASSWORD, VERIFY_EMAIL
from services.auth.resetting_passwords import ResettingPasswords
from services.auth.rpc import requests
from services.auth.verifying_email import VerifyingEmail

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class EmailServicer(email_service_pb2_grpc.EmailServiceServicer):
    """What a mailed link is good for."""

    asking: AskingForMail
    verifying: VerifyingEmail
    resetting: ResettingPasswords
    accepting: AcceptingInvitations

    async def VerifyEmail(self, request: pb.VerifyEmailRequest, context: Context) -> pb.VerifyEmailResponse:
        await self.verifying.verify(Secret(request.token), requests.origin(context))
        return pb.VerifyEmailResponse()

    async def ResendVerification(
        self, request: pb.ResendVerificationRequest, context: Context
    ) -> pb.ResendVerificationResponse:
        await self.asking.ask(VERIFY_EMAIL, request.email, requests.address(context), requests.origin(context))
        return pb.ResendVerificationResponse()

    async def RequestPasswordReset(
        self, request: pb.RequestPasswordResetRequest, context: Context
    ) -> pb.RequestPasswordResetResponse:
        await self.asking.ask(RESET_PASSWORD, request.email, requests.address(context), requests.origin(context))
        return pb.RequestPasswordResetResponse()

    async def ResetPassword(self, request: pb.ResetPasswordRequest, context: Context) -> pb.ResetPasswordResponse:
        await self.resetting.reset(Secret(request.token), Secret(request.new_password), requests.origin(context))
        return pb.ResetPasswordResponse()

    async def GetInvitation(self, request: pb.GetInvitationRequest, context: Context) -> pb.GetInvitationResponse:
        account = await self.accepting.look(Secret(request.token))
        return pb.GetInvitationResponse(
            organization_name=account.organization.name, email=account.user.email, first_name=account.user.first_name
        )

    async def AcceptInvitation(
        self, request: pb.AcceptInvitationRequest, context: Context
    ) -> pb.AcceptInvitationResponse:
        await self.accepting.accept(Secret(request.token), Secret(request.new_password), requests.origin(context))
        return pb.AcceptInvitationResponse()
