"""What a workbook unpacks to, before anything that holds it in memory opens it."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from services.integration.files import errors
from services.integration.files.duck import Telling, told
from services.integration.files.limits import MEBIBYTE, ReadingLimits
from services.integration.files.pacing import Pace
from services.integration.workers.errors import Refused

_PIECE = 1 << 20
_SMALL = 64 * MEBIBYTE  # unpacked; below it no ratio is suspicious
_COLUMN = re.compile(rb'<c [^>]{0,40}?r="([A-Z]{1,3})[0-9]')
_ROW = re.compile(rb'<row [^>]{0,60}?r="([0-9]{1,9})"')


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    offset: int
    packed: int
    unpacked: int
    method: int


def check_workbook(path: Path, limits: ReadingLimits, start: float, end: float) -> Telling[None]:
    """Unpacks a zipped workbook piece by piece, keeping nothing. Raises Refused.

    UPLOAD_TOO_COMPLEX: more bytes, or a larger sheet, than is read; UPLOAD_UNREADABLE: damaged, or larger than it says.
    """
    parts = _parts(path, limits)
    total = sum(part.packed for part in parts) or 1
    done, unpacked, pace = 0, 0, Pace()
    with path.open("rb") as file:
        for part in parts:
            corner = _Corner()
            for piece in _pieces(file, part):
                unpacked += len(piece)
                if unpacked > limits.unpacked:
                    raise _bomb(limits)
                if part.name.startswith("xl/worksheets/") and part.name.endswith(".xml"):
                    corner.see(piece)
                if pace.due():
                    yield told("checking the workbook", start + (end - start) * done / total)
            done += part.packed
            if corner.cells > limits.cells:
                raise errors.too_complex(
                    f"A sheet reaches to {corner.row} rows by {corner.column} columns",
                    "Delete the stray cells far from the table, or split the sheet, and upload it again.",
                )


def _parts(path: Path, limits: ReadingLimits) -> list[_Part]:
    try:
        with zipfile.ZipFile(path) as archive:
            found = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise _damaged() from None
    if len(found) > 10_000 or sum(one.file_size for one in found) > limits.unpacked:
        raise _bomb(limits)
    if any(one.flag_bits & 1 for one in found):
        raise errors.unreadable(
            "The workbook is protected by a password", "Save it without a password and upload it again."
        )
    for one in found:
        if one.file_size > _SMALL and one.file_size > limits.unpack_ratio * max(one.compress_size, 1):
            raise _bomb(limits)
    return [
        _Part(one.filename, one.header_offset, one.compress_size, one.file_size, one.compress_type) for one in found
    ]


def _pieces(file: BinaryIO, part: _Part) -> Iterator[bytes]:
    """What a part really unpacks to, whatever the archive's directory says."""
    file.seek(part.offset)
    header = file.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise _damaged()
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    left, given = part.packed, 0
    inflater = zlib.decompressobj(-15) if part.method == zipfile.ZIP_DEFLATED else None
    if inflater is None and part.method != zipfile.ZIP_STORED:
        raise _damaged()
    while left > 0:
        packed = file.read(min(_PIECE, left))
        if not packed:
            raise _damaged()
        left -= len(packed)
        while packed:
            try:
                piece = inflater.decompress(packed, _PIECE) if inflater else packed
            except zlib.error:
                raise _damaged() from None
            packed = inflater.unconsumed_tail if inflater else b""
            given += len(piece)
            if given > part.unpacked:
                raise errors.unreadable(
                    "The workbook unpacks to more than it says", "Save it again in a spreadsheet program."
                )
            yield piece
            if inflater and inflater.eof:
                return


class _Corner:
    """The last row and column that a sheet's text names: a reader makes room for all cells up to there."""

    def __init__(self) -> None:
        self.row, self.column, self._rest = 0, 0, b""
        self._letters: set[bytes] = set()

    @property
    def cells(self) -> int:
        return self.row * self.column

    def see(self, piece: bytes) -> None:
        text = self._rest + piece
        self._rest = text[-128:]
        for letters in set(_COLUMN.findall(text)) - self._letters:
            self._letters.add(letters)
            number = 0
            for letter in letters:
                number = number * 26 + letter - 64
            self.column = max(self.column, number)
        for found in _ROW.findall(text):
            self.row = max(self.row, int(found))


def _bomb(limits: ReadingLimits) -> Refused:
    return errors.too_complex(
        f"The workbook unpacks to more than {limits.unpacked >> 20} MB, or is packed more tightly than any real one",
        "Save the sheets that are needed as CSV and upload those.",
    )


def _damaged() -> Refused:
    return errors.unreadable(
        "The workbook is damaged", "Open it in a spreadsheet program, save it again and upload that."
    )
