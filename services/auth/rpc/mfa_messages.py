"""Messages about second factors to the model and back; pure."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from infinure.auth.v1 import auth_service_pb2 as auth
from infinure.auth.v1 import mfa_pb2
from infinure.auth.v1 import mfa_service_pb2 as mfa

from meshkit.secrets import Secret
from services.auth.enrolling import Begun, Status
from services.auth.model import Awaiting, Device, Method
from services.auth.proving import Proof
from services.auth.rpc.translate import timestamp
from services.auth.second_step import Answer

METHODS: Mapping[Method, mfa_pb2.MfaMethod.ValueType] = {
    Method.TOTP: mfa_pb2.MFA_METHOD_TOTP,
    Method.RECOVERY_CODE: mfa_pb2.MFA_METHOD_RECOVERY_CODE,
    Method.EMAIL: mfa_pb2.MFA_METHOD_EMAIL,
}
BY_NUMBER = {number: method for method, number in METHODS.items()}


def awaiting(one: Awaiting) -> auth.LoginResponse:
    return auth.LoginResponse(
        requires_mfa=True,
        mfa_token=one.token.reveal(),
        mfa_token_expire_time=timestamp(one.expires_at),
        supported_methods=[METHODS[method] for method in one.methods],
    )


def answer(request: auth.VerifyMfaRequest, *, remember_device: bool) -> Answer:
    return Answer(Secret(request.mfa_token), BY_NUMBER[request.method], Secret(request.code), remember_device)


def proof(message: mfa.OwnerProof) -> Proof:
    if message.WhichOneof("proof") == "password":
        return Proof(password=Secret(message.password))
    return Proof(code=Secret(message.code))


def begun(one: Begun) -> mfa_pb2.TotpEnrolment:
    return mfa_pb2.TotpEnrolment(
        secret=one.secret.reveal(), uri=one.uri.reveal(), expire_time=timestamp(one.expires_at)
    )


def told(codes: Iterable[Secret]) -> list[str]:
    return [code.reveal() for code in codes]


def status(one: Status) -> mfa.GetMfaStatusResponse:
    message = mfa.GetMfaStatusResponse(recovery_code_count=one.enrolled.recovery_codes, required=one.required)
    if one.enrolled.totp_since is not None:
        message.totp_enroll_time.FromDatetime(one.enrolled.totp_since)
    return message


def devices(found: Sequence[Device], current: UUID | None) -> mfa.ListRememberedDevicesResponse:
    return mfa.ListRememberedDevicesResponse(devices=[_device(one, current) for one in found])


def _device(one: Device, current: UUID | None) -> mfa_pb2.RememberedDevice:
    return mfa_pb2.RememberedDevice(
        id=str(one.id),
        user_agent=one.user_agent,
        create_time=timestamp(one.created_at),
        last_use_time=timestamp(one.last_used_at),
        expire_time=timestamp(one.expires_at),
        current=one.id == current,
    )
