"""What the command tells its user when it cannot go on: one sentence of what is wrong, one of what to do."""


class CommandError(Exception):
    """Ends the command with exit code 1; `hint` says what the user can do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message
