"""What can't be learned from."""


class NotRepresentable(Exception):
    """SQL that says what the intermediate form can't; reason is short and names no data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
