"""JSON documents read piece by piece: the elements of arrays wherever they stand, without holding the document."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from services.integration.files import errors
from services.integration.files.limits import ReadingLimits
from services.integration.workers.errors import Refused

_CHUNK = 1 << 20
_SPACE = " \t\n\r"
_DECODER = json.JSONDecoder(parse_constant=lambda _: None)


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the array at `path` ("" for the document itself), or with array False a single value there."""

    path: tuple[str, ...]
    value: Any
    array: bool


def loads(text: str) -> Any:
    """One JSON value. Raises ValueError; Refused UPLOAD_TOO_COMPLEX if it is nested too deeply."""
    try:
        return json.loads(text, parse_constant=lambda _: None)
    except RecursionError:
        raise too_deep() from None


def too_deep() -> Refused:
    return errors.too_complex(
        "The JSON is nested too deeply", "Write it flatter, for example as one object a line, and upload it again."
    )


class Document:
    """A JSON document in a text file, and how far it is read, in characters."""

    def __init__(self, file: TextIO, limits: ReadingLimits) -> None:
        self._file, self._limits = file, limits
        self._text, self._at, self._dropped, self._ended = "", 0, 0, False

    @property
    def done(self) -> int:
        """Characters read."""
        return self._dropped + self._at

    def elements(self) -> Iterator[Element]:
        """All elements of arrays and the other values, in the document's order. Raises Refused."""
        yield from self._value((), 0)
        if self._peek():
            raise self._damaged("something stands behind its end")

    def _value(self, path: tuple[str, ...], depth: int) -> Iterator[Element]:
        first = self._peek()
        if depth > self._limits.depth:
            raise too_deep()
        if first == "[":
            yield from self._array(path)
        elif first == "{":
            yield from self._object(path, depth)
        else:
            yield Element(path, self._whole(), array=False)

    def _array(self, path: tuple[str, ...]) -> Iterator[Element]:
        self._take("[")
        if self._peek() == "]":
            self._take("]")
            return
        while True:
            self._peek()
            yield Element(path, self._whole(), array=True)
            if self._peek() == "]":
                self._take("]")
                return
            self._take(",")

    def _object(self, path: tuple[str, ...], depth: int) -> Iterator[Element]:
        self._take("{")
        if self._peek() == "}":
            self._take("}")
            return
        while True:
            self._peek()
            key = self._whole()
            if not isinstance(key, str):
                raise self._damaged("a name was expected")
            self._peek()
            self._take(":")
            yield from self._value((*path, key), depth + 1)
            if self._peek() == "}":
                self._take("}")
                return
            self._take(",")

    def _whole(self) -> Any:
        """The value that begins here, read as one."""
        wanted = _CHUNK // 16
        while True:
            self._fill(wanted)
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except RecursionError:
                raise too_deep() from None
            except ValueError:
                end = -1
            # A number at the end of what is here may go on.
            if end >= 0 and (end < len(self._text) or self._ended):
                self._at = end
                return value
            if self._ended:
                raise self._damaged("it is cut off or a value isn't written as JSON")
            if end < 0 and len(self._text) - self._at > self._limits.line:
                raise errors.too_complex(
                    f"A piece of the JSON is larger than {self._limits.line >> 20} MB, or isn't ended",
                    "Write it as one object a line and upload it again.",
                )
            wanted = (len(self._text) - self._at) * 2 + 1

    def _peek(self) -> str:
        """The next character that isn't space; "" at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if self._ended:
                return ""
            self._fill(1)

    def _take(self, expected: str) -> None:
        if self._text[self._at : self._at + 1] != expected:
            raise self._damaged(f"“{expected}” was expected")
        self._at += 1

    def _fill(self, wanted: int) -> None:
        """Makes at least `wanted` characters available from here on, if there are so many."""
        if self._ended or len(self._text) - self._at >= wanted:
            return
        self._dropped += self._at
        pieces = [self._text[self._at :]]
        have = len(pieces[0])
        self._at = 0
        while have < wanted:
            piece = self._file.read(max(_CHUNK, wanted - have))
            if not piece:
                self._ended = True
                break
            pieces.append(piece)
            have += len(piece)
        self._text = "".join(pieces)

    def _damaged(self, what: str) -> Refused:
        return errors.unreadable(
            f"The file begins as JSON but isn't valid JSON at character {self.done + 1}: {what}",
            "Export it again, check it with a JSON tool, or upload the data as CSV.",
        )


def flattened(
    value: Mapping[str, Any], limits: ReadingLimits, prefix: str = "", depth: int = 0
) -> dict[str, str | None]:
    """An object as a row: nested objects' fields by their path with dots, arrays as JSON text."""
    if depth > limits.depth:
        raise too_deep()
    row: dict[str, str | None] = {}
    for key, one in value.items():
        name = f"{prefix}.{key}" if prefix else key
        if isinstance(one, dict):
            row.update(flattened(one, limits, name, depth + 1))
        else:
            row[name] = as_text(one)
    return row


def as_text(value: Any) -> str | None:
    """A value that isn't an object as the text that types are inferred from."""
    if value is None or isinstance(value, str):
        return value.replace("\0", "") if value else None
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(value) if abs(value) != float("inf") else None
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def opened(path: Path) -> TextIO:
    """A UTF-8 text; lone surrogates and the like become U+FFFD."""
    return path.open(encoding="utf-8", errors="replace", newline="")
