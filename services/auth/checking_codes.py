"""Looking at a code that stands beside the password. One that is right is used up by that, whoever sends it again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from meshkit.ids import utc_now
from meshkit.secrets import Secret
from services.auth import recovery_codes
from services.auth.audit import Action, Activity
from services.auth.mfa_ports import Person, SecondFactors
from services.auth.model import Method
from services.auth.ports import Activities
from services.auth.totp import Codes


@dataclass(frozen=True)
class CheckingCodes:
    """Checks, takes, and tells the audit trail of what was wrong."""

    factors: SecondFactors
    activities: Activities
    clock: Callable[[], datetime] = utc_now
    codes: Codes = field(default_factory=Codes)

    async def accepts(self, person: Person, method: Method, code: Secret) -> bool:
        """Whether it is a code of the person's, not used before. Of parallel uses one is accepted."""
        accepted = await (self._totp if method is Method.TOTP else self._recovery_code)(person, code)
        if not accepted:
            await self.failed(person, method)
        return accepted

    async def failed(self, person: Person, method: Method) -> None:
        """Records a wrong code. The account is the resource, as whoever tried may be somebody else."""
        told = Activity(Action.MFA_FAILED, None, "user", person.user_id, {"method": method})
        await self.activities.record(person.organization_id, person.origin, told, self.clock())

    async def _totp(self, person: Person, code: Secret) -> bool:
        totp = await self.factors.totp(person.organization_id, person.user_id)
        if totp is None:
            return False
        step = self.codes.accepted_step(totp.secret, code.reveal(), self.clock(), totp.last_step)
        return step is not None and await self.factors.take_step(person.organization_id, totp.id, step)

    async def _recovery_code(self, person: Person, code: Secret) -> bool:
        hashed = recovery_codes.digest(code)
        return hashed is not None and await self.factors.take_recovery_code(person, hashed, self.clock())
