"""One request carried out in the engine: what to run is read and checked, then its result comes piece by piece."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from cli.stores.clickhouse import results, statements
from cli.stores.clickhouse.bodies import Spool
from cli.stores.clickhouse.engine import TEXT, Engine, Part, Session, known_format
from cli.stores.clickhouse.requests import Request
from cli.stores.clickhouse.settings import Limits

HEAD = 1 << 20


@dataclass
class Outcome:
    """What the answer's headers tell; complete when the result has ended."""

    format: str = TEXT
    kills: str | None = None
    writes: bool = False
    result_rows: int = 0
    result_bytes: int = 0
    written_rows: int = 0
    written_bytes: int = 0
    started: float = field(default_factory=time.monotonic)

    @property
    def summary(self) -> dict[str, str]:
        """ClickHouse's own names; numbers are text there."""
        elapsed = int((time.monotonic() - self.started) * 1e9)
        return {
            "read_rows": "0",
            "read_bytes": "0",
            "written_rows": str(self.written_rows),
            "written_bytes": str(self.written_bytes),
            "total_rows_to_read": "0",
            "result_rows": str(self.result_rows),
            "result_bytes": str(self.result_bytes),
            "elapsed_ns": str(elapsed),
        }


@dataclass(frozen=True)
class Execution:
    """Everything here blocks, and runs in the query's own thread."""

    engine: Engine
    limits: Limits
    formats: frozenset[str]

    def run(self, request: Request, body: Spool, mark: str, reads_only: bool, outcome: Outcome) -> Iterator[bytes]:
        """The pieces of the answer; `outcome` tells the rest. The first piece comes after everything was checked.

        Raises:
            Refused: it may not run, or failed.
        """
        with self.engine.session() as session:
            # First the name, by which it can be ended from now on.
            session.set({"log_comment": mark})
            head = self._insert(request, body)
            if head is not None:
                insert, start = head
                statements.check_insert(insert, _Parser(session, request))
                known_format(insert.format, self.formats)
                outcome.writes = True
                body.check_room()
                self._prepare(session, request, reads_only)
                yield from self._written(session, insert, body.chunks(start), request, outcome)
                return
            text = self._text(request, body)
            statement = statements.read(text, _Parser(session, request))
            outcome.kills = statement.kills
            if outcome.kills is not None:
                return
            self._prepare(session, request, reads_only)
            outcome.format = known_format(statement.format or request.default_format or TEXT, self.formats)
            if statement.writes:
                outcome.writes = True
                done = session.query(text, outcome.format, request.parameters)
                outcome.written_rows = done.rows
                yield from results.sliced(done.content)
            else:
                yield from self._rows(session, text, statement.selects, request, outcome)

    def _prepare(self, session: Session, request: Request, reads_only: bool) -> None:
        if request.database:
            session.use(request.database)
        session.set(request.settings)
        if reads_only:
            session.set({"readonly": "2"})

    def _rows(self, session: Session, text: str, selects: bool, request: Request, outcome: Outcome) -> Iterator[bytes]:
        asked = results.in_parts(outcome.format) if selects else None
        if asked is None:
            if "max_result_bytes" not in request.settings:
                session.set({"max_result_bytes": str(self.limits.whole_result)})
            pieces = results.sliced(session.query(text, outcome.format, request.parameters).content)
        else:
            statement = text if asked == outcome.format else _renamed(text, outcome.format, asked)
            pieces = results.joined(
                outcome.format, _counted(session.stream(statement, asked, request.parameters), outcome)
            )
        for piece in pieces:
            outcome.result_bytes += len(piece)
            # A block of wide rows is tens of MB, and each layer below would hold it whole.
            yield from results.sliced(piece)

    def _written(
        self,
        session: Session,
        insert: statements.Insert,
        chunks: Iterator[bytes],
        request: Request,
        outcome: Outcome,
    ) -> Iterator[bytes]:
        if request.parameters:
            session.set({f"param_{name}": value for name, value in request.parameters.items()})
        written = session.insert(insert.statement, insert.format, chunks)
        outcome.written_rows, outcome.written_bytes = written.rows, written.bytes
        yield b""

    def _insert(self, request: Request, body: Spool) -> tuple[statements.Insert, int] | None:
        """An INSERT with its data, and where in the body the data begins."""
        if request.query.strip():
            insert = statements.insert(request.query)
            # Data may begin in the URL only where none is in the body.
            return (insert, 0) if insert is not None and not request.query[insert.data_at :].strip() else None
        # Data may be binary: one byte is one character until the statement is known.
        insert = statements.insert(body.head(HEAD).decode("latin-1"))
        if insert is None:
            return None
        text = insert.statement.encode("latin-1").decode(errors="replace")
        return statements.Insert(text, insert.format, insert.data_at), insert.data_at

    def _text(self, request: Request, body: Spool) -> str:
        if len(request.query) + body.size > self.limits.statement:
            raise statements.too_long()
        rest = body.head(self.limits.statement).decode(errors="replace")
        return f"{request.query}\n{rest}" if request.query.strip() and rest else request.query or rest


@dataclass(frozen=True)
class _Parser:
    session: Session
    request: Request

    def classify(self, statement: str) -> tuple[str, int]:
        return self.session.classify(statement)

    def tree(self, statement: str) -> str:
        tree = self.session.query(f"EXPLAIN AST {statement}", TEXT, self.request.parameters)
        return tree.content.decode(errors="replace")


def _counted(parts: Iterator[Part], outcome: Outcome) -> Iterator[Part]:
    for part in parts:
        outcome.result_rows += part.rows
        yield part


def _renamed(text: str, named: str, asked: str) -> str:
    """The same statement with another format behind its last FORMAT."""
    head, found, tail = text.rpartition(named)
    return f"{head}{asked}{tail}" if found else text
