"""Reading YAML written by strangers: every value is asked for by type, every surprise told with its path and line.

What a hostile or careless file may do is closed before anything is built: no aliases (a few lines that expand to
gigabytes), no tags, no second document, no repeated key, and limits on bytes, depth and number of values.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn

import yaml

MAX_BYTES = 256 * 1024
MAX_DEPTH = 8
MAX_VALUES = 50_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STRING = "tag:yaml.org,2002:str"
_BOOLEAN = "tag:yaml.org,2002:bool"
_INTEGER = "tag:yaml.org,2002:int"
_TRUE = ("true", "yes", "on")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file: where it is (`metrics.revenue.format`), its line (from 1; 0 is the whole
    file), and what to do about it."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        places = [f"line {self.line}"] if self.line else []
        return f"{', '.join([*places, self.path or 'the file'])}: {self.message}"


class InvalidYaml(ValueError):
    """The file breaks its format; `problems` holds all that was found, at most `MAX_PROBLEMS`."""

    MAX_PROBLEMS = 20

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems[: self.MAX_PROBLEMS])
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(slots=True)
class Problems:
    """Collects what is wrong, so that the author hears of everything at once. lines: of every key that was read, by
    its path, for problems that are found later."""

    found: list[Problem] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def add(self, path: str, line: int, message: str) -> None:
        self.found.append(Problem(path, line, message))

    def raise_any(self) -> None:
        if self.found:
            raise InvalidYaml(sorted(self.found, key=lambda problem: problem.line))


def load(text: str, problems: Problems) -> "Section":
    """The mapping at the top of `text`. Raises `InvalidYaml` when the text is not plain YAML within the limits."""
    if len(text.encode()) > MAX_BYTES:
        _fail(0, f"is larger than {MAX_BYTES // 1024} KiB")
    try:
        _refuse_abuse(text)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise InvalidYaml([Problem("", line, f"is not YAML: {error.problem}")]) from None
    except yaml.YAMLError:
        raise InvalidYaml([Problem("", 0, "is not YAML: it holds a character that YAML forbids")]) from None
    if not isinstance(node, yaml.MappingNode):
        _fail(1, "must be a mapping (`key: value` lines)")
    return Section(node, "", problems)


def _refuse_abuse(text: str) -> None:
    depth = documents = 0
    for values, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            _fail(line, "anchors (&) and aliases (*) are not allowed: write the value out")
        if getattr(event, "tag", None):
            _fail(line, "tags (!) are not allowed")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        documents += isinstance(event, yaml.DocumentStartEvent)
        if depth > MAX_DEPTH:
            _fail(line, f"is nested deeper than {MAX_DEPTH} levels")
        if values > MAX_VALUES:
            _fail(line, f"holds more than {MAX_VALUES} values")
        if documents > 1:
            _fail(line, "holds a second document (---); only one is allowed")


def _fail(line: int, message: str) -> NoReturn:
    raise InvalidYaml([Problem("", line, message)])


class Section:
    """A mapping of the file. Each `text`, `flag`, … takes one key; `finish` reports the keys that nobody took."""

    def __init__(self, node: yaml.MappingNode, path: str, problems: Problems) -> None:
        self.path = path
        self.line = node.start_mark.line + 1
        self.problems = problems
        self._taken: dict[str, None] = {}
        self._values: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if not isinstance(key, yaml.ScalarNode) or key.tag != _STRING or not name:
                problems.add(self._at(str(name)), key.start_mark.line + 1, "the key must be text (quote it)")
            elif name in self._values:
                problems.add(self._at(name), key.start_mark.line + 1, "is written twice")
            else:
                self._values[name] = value
                problems.lines[self._at(name)] = key.start_mark.line + 1

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def wrong(self, key: str, message: str) -> None:
        """Reports `message` at `key` (or at this section, when the key is absent)."""
        node = self._values.get(key)
        self.problems.add(self._at(key), node.start_mark.line + 1 if node else self.line, message)

    def _take(self, key: str) -> yaml.Node | None:
        self._taken[key] = None
        return self._values.get(key)

    def text(self, key: str, limit: int, *, required: bool = False) -> str:
        """The text at `key`, stripped; "" when absent."""
        node = self._take(key)
        if node is None:
            if required:
                self.wrong(key, "is missing")
            return ""
        value = self._scalar(node, key, limit)
        if required and not value:
            self.wrong(key, "must not be empty")
        return value

    def choice(self, key: str, allowed: tuple[str, ...], default: str) -> str:
        if key not in self._values:
            self._take(key)
            return default
        value = self.text(key, 80)
        if value not in allowed:
            self.wrong(key, f"must be one of: {', '.join(allowed)}")
            return default
        return value

    def flag(self, key: str) -> bool:
        """The boolean at `key`; absent is false."""
        node = self._take(key)
        if node is None:
            return False
        if not isinstance(node, yaml.ScalarNode) or node.tag != _BOOLEAN:
            self.wrong(key, "must be true or false")
            return False
        return str(node.value).lower() in _TRUE

    def integer(self, key: str) -> int | None:
        """The whole number at `key`, which must be there; None (and reported) when it is not."""
        node = self._take(key)
        if not isinstance(node, yaml.ScalarNode) or node.tag != _INTEGER or not re.fullmatch(r"[0-9]{1,9}", node.value):
            self.wrong(key, "must be a whole number" if node else "is missing")
            return None
        return int(node.value)

    def texts(self, key: str, most: int, limit: int) -> tuple[str, ...]:
        """The list of texts at `key`, in order; () when absent."""
        node = self._take(key)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            self.wrong(key, "must be a list of texts")
            return ()
        if len(node.value) > most:
            self.wrong(key, f"holds more than {most} entries")
            return ()
        found = [self._scalar(entry, f"{key}[{index}]", limit) for index, entry in enumerate(node.value)]
        if not all(found):
            self.wrong(key, "must not hold an empty text")
        return tuple(found)

    def section(self, key: str) -> "Section | None":
        node = self._take(key)
        if node is None:
            return None
        if not isinstance(node, yaml.MappingNode):
            self.wrong(key, "must be a mapping (`key: value` lines)")
            return None
        return Section(node, self._at(key), self.problems)

    def sections(self, key: str, most: int) -> "Iterator[tuple[str, Section]]":
        """The named mappings under `key`: (name, mapping) in the file's order. An empty mapping may be left blank."""
        outer = self.section(key)
        if outer is None:
            return
        if len(outer._values) > most:
            self.wrong(key, f"holds more than {most} entries")
            return
        for name in outer._values:
            blank = outer._values[name]
            if isinstance(blank, yaml.ScalarNode) and blank.value in ("", "null", "~"):
                outer._values[name] = yaml.MappingNode("tag:yaml.org,2002:map", [], blank.start_mark, blank.end_mark)
            inner = outer.section(name)
            if inner is not None:
                yield name, inner

    def list_of_sections(self, key: str, most: int) -> "Iterator[Section]":
        node = self._take(key)
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode) or len(node.value) > most:
            self.wrong(key, f"must be a list of at most {most} mappings")
            return
        for index, entry in enumerate(node.value):
            self.problems.lines[self._at(f"{key}[{index}]")] = entry.start_mark.line + 1
            if isinstance(entry, yaml.MappingNode):
                yield Section(entry, self._at(f"{key}[{index}]"), self.problems)
            else:
                self.problems.add(self._at(f"{key}[{index}]"), entry.start_mark.line + 1, "must be a mapping")

    def names(self) -> tuple[str, ...]:
        return tuple(self._values)

    def finish(self) -> None:
        """Reports every key that is not part of the format."""
        for key in self._values:
            if key not in self._taken:
                self.wrong(key, f"is not a key here; allowed: {', '.join(self._taken)}")

    def _scalar(self, node: yaml.Node, key: str, limit: int) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self.problems.add(self._at(key), node.start_mark.line + 1, "must be text")
            return "?"
        line = node.start_mark.line + 1
        value = str(node.value).strip()
        if node.tag != _STRING:
            self.problems.add(self._at(key), line, f'must be text: write it in quotes, "{value[:40]}"')
        elif len(value) > limit:
            self.problems.add(self._at(key), line, f"is longer than {limit} characters")
        elif not value.isprintable() and any(ord(c) < 32 and c not in "\n\t" for c in value):
            self.problems.add(self._at(key), line, "holds a control character")
        else:
            return value
        return "?"
