"""The encoding of a text, and the text as UTF-8 with plain line breaks."""

import codecs
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from services.integration.files import errors
from services.integration.files.duck import Telling, is_full, told
from services.integration.files.guessing import WESTERN, guess
from services.integration.files.pacing import Pace

SAMPLE = 256 * 1024
_CHUNK = 4 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What files come in. The list keeps the guess from naming an encoding that differs only in rare signs.
_LIKELY = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp932", "euc_jp",
           "gb18030", "big5", "cp949", "koi8_r", "mac_roman", "cp850", "cp866", "iso8859_2",
           "iso8859_5", "iso8859_15"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """A text on disk in UTF-8 without a byte-order mark; damaged if bytes of it weren't of its encoding.

    Those stand as U+FFFD.
    """

    path: Path
    encoding: str
    damaged: bool = False
    line_count: int = 0


def sample_of(path: Path) -> bytes:
    """The beginning of a file."""
    with path.open("rb") as file:
        return file.read(SAMPLE)


def wide_encoding(sample: bytes) -> str:
    """UTF-16 or UTF-32 by a byte-order mark, or by where the zero bytes stand; "" if it is neither."""
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return name
    even, odd = sample[:4096:2].count(0), sample[1:4096:2].count(0)
    half = max(len(sample[:4096]) // 2, 1)
    if odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.1 * half:
        return "utf-16-be"
    return ""


def as_utf8(path: Path, out: Path, asked: str, start: float, end: float, longest: int | None = None) -> Telling[Text]:
    """The file as UTF-8 (the file itself if it is that already, else a copy in `out`); returns Text.

    Raises Refused UPLOAD_UNREADABLE if the encoding asked for is unknown or most of the text isn't in it,
    UPLOAD_TOO_COMPLEX if a line has far more than `longest` bytes (lines over it by less than a piece may pass).
    """
    sample = sample_of(path)
    encoding = asked or wide_encoding(sample)
    try:
        known = codecs.lookup(encoding or "utf-8")
        if not known._is_text_encoding:
            raise LookupError(encoding)
    except LookupError:
        raise errors.unreadable(
            "That encoding isn't known", "Choose another, for example utf-8 or windows-1252."
        ) from None
    if known.name == "utf-8":
        checked = yield from _check(path, start, end, longest)
        if isinstance(checked, Text):
            return checked
        bad, clean = checked
        encoding = _guess(path, bad) if bad is not None and clean and not asked else "utf-8"
    return (yield from _transcode(path, out, encoding, start, end, longest))


@dataclass(slots=True)
class _Lines:
    """Counts lines; refuses one that never ends, of which DuckDB says nothing at a file's end."""

    longest: int | None
    count: int = 0
    _open: int = 0  # bytes since the last line break

    def see(self, piece: bytes) -> None:
        first = piece.find(b"\n")
        self._open += len(piece) if first < 0 else first
        if self.longest is not None and self._open > self.longest:
            raise errors.too_complex(
                f"Line {self.count + 1} is longer than {self.longest >> 20} MB",
                "Check that the file is a table with a line for each row, and that its lines are ended.",
            )
        if first >= 0:
            self._open = len(piece) - piece.rfind(b"\n") - 1
            self.count += piece.count(b"\n")


def _check(path: Path, start: float, end: float, longest: int | None) -> Telling[Text | tuple[int | None, bool]]:
    """Text if the file is UTF-8 as it stands; else (offset of the first bad byte or None, whether there is one)."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    size, done, lines, pace, plain = max(path.stat().st_size, 1), 0, _Lines(longest), Pace(), True
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if done == 0 and chunk.startswith(codecs.BOM_UTF8):
                return None, False
            plain = plain and b"\0" not in chunk and not _lone_returns(chunk)
            if not chunk.isascii() or decoder.getstate()[0]:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError as error:
                    return max(done + error.start - 4, 0), True
            done += len(chunk)
            if plain:
                lines.see(chunk)
            if pace.due():
                yield told("checking the text", start + (end - start) * done / size)
    try:
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return max(done - 4, 0), True
    return Text(path, "utf-8", line_count=lines.count) if plain else (None, False)


def _lone_returns(chunk: bytes) -> bool:
    """Old Macintosh line ends, or a mix: made plain by a copy."""
    returns = chunk.count(b"\r")
    return returns > 0 and returns - chunk.count(b"\r\n") > (1 if chunk.endswith(b"\r") else 0)


def _guess(path: Path, bad: int) -> str:
    """The encoding of a text that isn't UTF-8 at an offset; "utf-8" if nearly all of it is."""
    with path.open("rb") as file:
        head = file.read(64 * 1024)
        file.seek(max(bad - 32 * 1024, 0))
        sample = file.read(SAMPLE)
    shown = sample.decode("utf-8", "replace")
    if sum(1 for one in shown if ord(one) > 127 and one != "\ufffd") > 5 * shown.count("\ufffd"):
        return "utf-8"
    # Lines without a foreign byte say nothing, and drown those that do.
    lines = [line for line in (head + b"\n" + sample).splitlines() if not line.isascii()]
    telling = b"\n".join(lines)[:32768] or sample
    if encoding := guess(telling):
        return encoding
    found = from_bytes(telling, cp_isolation=_LIKELY, threshold=0.6).best()
    return found.encoding if found else WESTERN


def _transcode(path: Path, out: Path, encoding: str, start: float, end: float, longest: int | None) -> Telling[Text]:
    """A copy in UTF-8 without zero bytes, with line feeds only. Bytes that the encoding doesn't know become U+FFFD."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    target = out / "text.utf8"
    size, done, lines, bad, total, pace = max(path.stat().st_size, 1), 0, _Lines(longest), 0, 0, Pace()
    pending = ""  # a return at a chunk's end may be half of a line break
    try:
        with path.open("rb") as source, target.open("wb") as copy:
            while True:
                chunk = source.read(_CHUNK)
                text = pending + decoder.decode(chunk, final=not chunk)
                if done == 0:
                    text = text.removeprefix("\ufeff")
                pending = "\r" if chunk and text.endswith("\r") else ""
                text = text.removesuffix("\r") if pending else text
                text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
                bad += text.count("\ufffd")
                total += len(text)
                encoded = text.encode("utf-8", "replace")
                lines.see(encoded)
                copy.write(encoded)
                done += len(chunk)
                if not chunk:
                    break
                if pace.due():
                    yield told("changing the text's encoding", start + (end - start) * done / size)
    except OSError as failure:
        if is_full(failure):
            raise errors.storage_full() from None
        raise
    if bad > 0.05 * total:
        raise errors.unreadable(
            f"The text isn't in the encoding {iana(encoding)}",
            "Choose its encoding, or save it as UTF-8 and upload it again.",
        )
    return Text(target, iana(encoding), bad > 0, lines.count)


def iana(encoding: str) -> str:
    """An encoding's common name."""
    name = codecs.lookup(encoding).name
    if name.startswith("cp125"):
        return f"windows-{name[2:]}"
    return {"utf-8-sig": "utf-8", "cp932": "shift_jis", "cp949": "euc-kr"}.get(
        name, name.replace("iso8859-", "iso-8859-")
    )
