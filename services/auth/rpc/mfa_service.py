"""MfaService."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import grpc
from infinure.auth.v1 import mfa_service_pb2 as pb
from infinure.auth.v1 import mfa_service_pb2_grpc

from meshkit.secrets import Secret
from services.auth.devices import RememberedDevices
from services.auth.enrolling import Enrolling
from services.auth.rpc import cookies, mfa_messages, requests

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class MfaServicer(mfa_service_pb2_grpc.MfaServiceServicer):
    """The caller's own second factor and devices."""

    enrolling: Enrolling
    devices: RememberedDevices

    async def GetMfaStatus(self, request: pb.GetMfaStatusRequest, context: Context) -> pb.GetMfaStatusResponse:
        return mfa_messages.status(await self.enrolling.status(requests.person(context)))

    async def BeginTotpEnrolment(
        self, request: pb.BeginTotpEnrolmentRequest, context: Context
    ) -> pb.BeginTotpEnrolmentResponse:
        proof = mfa_messages.proof(request.proof)
        begun = await self.enrolling.begin(requests.person(context), proof, requests.address(context))
        return pb.BeginTotpEnrolmentResponse(enrolment=mfa_messages.begun(begun))

    async def ConfirmTotpEnrolment(
        self, request: pb.ConfirmTotpEnrolmentRequest, context: Context
    ) -> pb.ConfirmTotpEnrolmentResponse:
        person, address = requests.person(context), requests.address(context)
        new = await self.enrolling.confirm(person, Secret(request.code), address)
        return pb.ConfirmTotpEnrolmentResponse(recovery_codes=mfa_messages.told(new))

    async def RemoveTotp(self, request: pb.RemoveTotpRequest, context: Context) -> pb.RemoveTotpResponse:
        proof = mfa_messages.proof(request.proof)
        await self.enrolling.remove(requests.person(context), proof, requests.address(context))
        return pb.RemoveTotpResponse()

    async def RegenerateRecoveryCodes(
        self, request: pb.RegenerateRecoveryCodesRequest, context: Context
    ) -> pb.RegenerateRecoveryCodesResponse:
        proof = mfa_messages.proof(request.proof)
        new = await self.enrolling.regenerate(requests.person(context), proof, requests.address(context))
        return pb.RegenerateRecoveryCodesResponse(recovery_codes=mfa_messages.told(new))

    async def ListRememberedDevices(
        self, request: pb.ListRememberedDevicesRequest, context: Context
    ) -> pb.ListRememberedDevicesResponse:
        current = await self.devices.recognise(requests.cookie(context, cookies.DEVICE))
        found = await self.devices.listed(requests.person(context))
        return mfa_messages.devices(found, current.id if current is not None else None)

    async def ForgetRememberedDevice(
        self, request: pb.ForgetRememberedDeviceRequest, context: Context
    ) -> pb.ForgetRememberedDeviceResponse:
        await self.devices.forget(requests.person(context), UUID(request.device_id))
        return pb.ForgetRememberedDeviceResponse()
