"""The mails that auth sends: by which template, to which page their link leads, and for how long it is good."""

from dataclasses import dataclass
from datetime import timedelta

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Letter:
    """One kind of mail. `name` is its template's; without a `page` it carries no link."""

    name: str
    page: str = ""
    life: timedelta = timedelta()

    @property
    def lasts(self) -> str:
        """Its link's life in words."""
        if self.life > DAY:
            return f"{self.life // DAY} days"
        return f"{self.life // HOUR} hours" if self.life > HOUR else f"{self.life // MINUTE} minutes"


VERIFY_EMAIL = Letter("verify_email", "/verify-email", 24 * HOUR)
RESET_PASSWORD = Letter("reset_password", "/reset-password", 30 * MINUTE)
INVITATION = Letter("invitation", "/accept-invitation", 7 * DAY)
PASSWORD_CHANGED = Letter("password_changed")
LETTERS = {letter.name: letter for letter in (VERIFY_EMAIL, RESET_PASSWORD, INVITATION, PASSWORD_CHANGED)}
