"""Why a file isn't read: the kinds are names of ErrorReason, the texts say what to do next and never quote the file."""

from services.integration.workers.errors import Refused


def empty(what: str) -> Refused:
    """The file holds no data."""
    return Refused("UPLOAD_EMPTY", f"{what}. Check that the right file was chosen and that it was saved with its data.")


def unreadable(what: str, advice: str) -> Refused:
    """The file is damaged, protected or of no format that is read."""
    return Refused("UPLOAD_UNREADABLE", f"{what}. {advice}")


def too_complex(
    what: str, advice: str = "Split the file or leave out what isn't needed, and upload it again."
) -> Refused:
    """The file is over one of the limits."""
    return Refused("UPLOAD_TOO_COMPLEX", f"{what}. {advice}")


def rows_broken(count: int, first_line: int) -> Refused:
    """Rows can't be read and such files are to be refused."""
    rows = "1 row" if count == 1 else f"{count} rows"
    where = f", the first in line {first_line}" if first_line else ""
    text = f"{rows} of the file can't be read{where}. Correct the file, or choose to skip broken rows."
    return Refused("UPLOAD_ROWS_BROKEN", text, broken_row_count=count, line=first_line)


def storage_full() -> Refused:
    """There is no room to write what was read."""
    return Refused(
        "STORAGE_FULL",
        "There is no room left to keep the file; nothing of it was kept. Free some space, or ask the operator to, and "
        "try again.",
    )
