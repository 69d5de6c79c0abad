"""What a request may have wrong beyond its shape."""

from meshkit.errors import FieldViolation, InvalidArgument


class ZoneUnknown(InvalidArgument):
    """There is no time zone of this name."""

    def __init__(self) -> None:
        wrong = FieldViolation("time_zone", "must be the IANA name of a time zone, such as Europe/Berlin")
        super().__init__("the request is not valid", violations=[wrong])


class GroupingWrong(InvalidArgument):
    """The second dimension needs a first, and another one."""

    def __init__(self) -> None:
        wrong = FieldViolation("then_by", "must stand with another dimension in group_by")
        super().__init__("the request is not valid", violations=[wrong])


class TimeOutOfRange(InvalidArgument):
    """A time that the store can't keep."""

    def __init__(self, field: str) -> None:
        wrong = FieldViolation(field, "must be a time between the years 1900 and 2299")
        super().__init__("the request is not valid", violations=[wrong])
