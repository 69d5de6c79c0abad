"""Parquet files, written anew with types that every part of the platform knows."""
# ruff: noqa: S608  (the SQL is ours; names and texts of the file pass through quoted() and literal())

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import duckdb
import pyarrow.parquet as pq

from services.integration.catalog.model import ColumnType
from services.integration.catalog.sensitive import looks_sensitive
from services.integration.files import errors, naming
from services.integration.files.choosing import Choice, Evidence
from services.integration.files.duck import Telling, is_full, literal, quoted
from services.integration.files.inference import infer
from services.integration.files.job import Job
from services.integration.files.model import FileFormat, PreparedColumn, PreparedFile, PreparedTable
from services.integration.files.tables import PARQUET, first_values

_ADVICE = "Export it again, or upload the data as CSV."
_BINARY = "binary data, left out"


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A column of the table to be: its path in the file, its value in SQL, and its type; binary ones are left out."""

    path: tuple[str, ...]
    sql: str
    type: ColumnType
    binary: bool = False

    @property
    def origin(self) -> str:
        return ".".join(self.path)


def prepare_parquet(job: Job) -> Telling[PreparedFile]:
    """Reads a Parquet file; returns the PreparedFile. Raises Refused."""
    source = f"read_parquet({literal(str(job.path))})"
    _check_metadata(job)
    try:
        # A column's statistics don't count NaN, and DuckDB would conclude that there is none.
        job.duck.rows("SET disabled_optimizers = 'statistics_propagation'")
        described = job.duck.rows(f"DESCRIBE SELECT * FROM {source}")
        leaves = [
            leaf for name, kind, *_ in described for leaf in _leaves((name,), quoted(name), kind, job.limits.depth)
        ]
        job.check_columns(len(leaves))
        table = yield from _rewrite(job, source, leaves)
    except duckdb.OutOfMemoryException:
        raise errors.too_complex("The file unpacks to more than can be worked on") from None
    except duckdb.Error as failure:
        if is_full(failure):
            raise errors.storage_full() from None
        raise errors.unreadable("The Parquet file is damaged", _ADVICE) from None
    return PreparedFile(FileFormat.PARQUET, job.reading, (table,))


def _check_metadata(job: Job) -> None:
    try:
        metadata = pq.ParquetFile(
            job.path, thrift_string_size_limit=64 << 20, thrift_container_size_limit=2_000_000
        ).metadata
        groups = [metadata.row_group(at) for at in range(metadata.num_row_groups)]
        unpacked = sum(max(group.total_byte_size, 0) for group in groups)
        rows, counted = metadata.num_rows, sum(group.num_rows for group in groups)
    except Exception:  # whatever a hostile file makes the library say
        raise errors.unreadable("The Parquet file is damaged", _ADVICE) from None
    job.check_columns(metadata.num_columns)
    if rows < 0 or rows != counted:
        raise errors.unreadable("The Parquet file contradicts itself on how many rows it has", _ADVICE)
    if rows > job.limits.rows or rows * metadata.num_columns > job.limits.parquet_cells:
        raise errors.too_complex(f"The file says that it has {rows} rows, more than are read")
    if unpacked > job.limits.parquet_unpacked:
        raise errors.too_complex(f"The file unpacks to more than {job.limits.parquet_unpacked >> 30} GB")
    if rows == 0:
        raise errors.empty("The Parquet file has no rows")


def _rewrite(job: Job, source: str, leaves: Sequence[_Leaf]) -> Telling[PreparedTable]:
    reading = job.reading.table("")
    corrections = {column.origin: column for column in reading.columns}
    names = naming.unique(
        (corrected.name if (corrected := corrections.get(leaf.origin)) and corrected.name else "")
        or naming.identifier(leaf.origin, f"column_{at}")
        for at, leaf in enumerate(leaves, 1)
    )
    out = {
        at
        for at, leaf in enumerate(leaves)
        if leaf.binary or (leaf.origin in corrections and corrections[leaf.origin].left_out)
    }
    forced = {
        at: corrected.type
        for at, leaf in enumerate(leaves)
        if (corrected := corrections.get(leaf.origin)) and corrected.type not in {None, leaf.type} and at not in out
    }
    choices = yield from _forced(job, source, leaves, {at: kind for at, kind in forced.items() if kind is not None})
    kept = [at for at in range(len(leaves)) if at not in out]
    left_out = reading.left_out or not kept
    counts = yield from _empty_counts(job, source, leaves)
    name = job.names([("", naming.identifier(job.stem, "data"))])[0]
    samples: dict[int, tuple[str, ...]] = {}
    if not left_out:
        inner = [f"trim(({leaves[at].sql})::VARCHAR) AS x{at}" for at in choices]
        outer = [f"{choices[at].sql if at in choices else leaves[at].sql} AS {quoted(names[at])}" for at in kept]
        target = job.out / "0.parquet"
        columns = ", ".join(["*", *inner])
        rows = f"SELECT {', '.join(outer)} FROM (SELECT {columns} FROM {source})"
        sql = f"COPY ({rows}) TO {literal(str(target))} ({PARQUET})"
        yield from job.duck.run(sql, "writing rows", 0.4, 1.0, counts[0])
        samples = dict(zip(kept, first_values(job.duck, target, [names[at] for at in kept]), strict=True))
    columns_read = tuple(
        _column(leaf, names[at], choices.get(at), counts[at + 1], samples.get(at, ()), at in out)
        for at, leaf in enumerate(leaves)
    )
    return PreparedTable("", name, "" if left_out else "0.parquet", counts[0], columns_read, left_out=left_out)


def _forced(
    job: Job, source: str, leaves: Sequence[_Leaf], forced: dict[int, ColumnType]
) -> Telling[dict[int, Choice]]:
    """The choices for columns whose type a person gave."""
    if not forced:
        return {}
    texts = ", ".join(f"({leaves[at].sql})::VARCHAR AS c{place}" for place, at in enumerate(forced))
    kinds = dict(enumerate(forced.values()))
    inferred = yield from infer(job.duck, f"(SELECT {texts} FROM {source})", len(forced), kinds, Evidence(), 0.05, 0.2)
    # infer calls the texts x0, x1, …; here they have their columns' numbers
    return {
        at: replace(choice, sql=re.sub(rf"\bx{place}\b", f"x{at}", choice.sql))
        for place, (at, choice) in enumerate(zip(forced, inferred.choices, strict=True))
    }


def _empty_counts(job: Job, source: str, leaves: Sequence[_Leaf]) -> Telling[list[int]]:
    """The number of rows and of each leaf's empty values.

    Raises Refused UPLOAD_TOO_COMPLEX if texts, that a dictionary may pack into nothing, are too long written out.
    """
    texts = [leaf for leaf in leaves if leaf.type is ColumnType.TEXT and not leaf.binary]
    length = "+".join(f"coalesce(sum(strlen({leaf.sql})), 0)" for leaf in texts) or "0"
    listed = "".join(f", count(*) FILTER (({leaf.sql}) IS NULL)" for leaf in leaves if not leaf.binary)
    sql = f"SELECT {length}, count(*){listed} FROM {source}"
    (row,) = yield from job.duck.run(sql, "reading rows", 0.2, 0.4)
    unpacked, *figures = row
    if unpacked > job.limits.parquet_unpacked:
        raise errors.too_complex(f"The file unpacks to more than {job.limits.parquet_unpacked >> 30} GB")
    counts = iter(figures)
    return [next(counts), *(0 if leaf.binary else next(counts) for leaf in leaves)]


def _column(
    leaf: _Leaf, name: str, choice: Choice | None, empty: int, samples: tuple[str, ...], left_out: bool
) -> PreparedColumn:
    shown = samples if not looks_sensitive(f"{leaf.origin} {name}") else ()
    kind = choice.type if choice else leaf.type
    possible = tuple(dict.fromkeys((kind, leaf.type, ColumnType.TEXT)))
    note = _BINARY if leaf.binary else (choice.note if choice else "")
    unfit = choice.unfit_count if choice else 0
    return PreparedColumn(leaf.origin, name, kind, possible, note, shown, empty, unfit, left_out)


_INTEGERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}


def _leaves(path: tuple[str, ...], sql: str, kind: str, depth: int) -> Iterator[_Leaf]:
    """The columns that a column of the file becomes, by DuckDB's name of its type."""
    if kind.startswith("STRUCT(") and kind.endswith(")") and depth > 0:
        for name, inner in _fields(kind[len("STRUCT(") : -1]):
            yield from _leaves((*path, name), f"({sql}).{quoted(name)}", inner, depth - 1)
    elif kind.endswith("]") or kind.startswith(("MAP(", "UNION(", "STRUCT(", "VARIANT")):
        yield _Leaf(path, f"to_json({sql})::VARCHAR", ColumnType.TEXT)
    elif kind == "BLOB":
        yield _Leaf(path, sql, ColumnType.TEXT, binary=True)
    else:
        target, found = _scalar(kind)
        if kind in {"FLOAT", "DOUBLE"}:
            sql = f"nullif({sql}, 'nan')"  # how many programs write that a number is missing
        yield _Leaf(path, f"{sql}::{target}" if target else sql, found)


def _scalar(kind: str) -> tuple[str, ColumnType]:
    if kind in _INTEGERS:
        return "BIGINT", ColumnType.INTEGER
    if kind in {"UBIGINT", "HUGEINT", "UHUGEINT"}:
        return (
            "DECIMAL(38, 0)" if kind == "UBIGINT" else "VARCHAR",
            ColumnType.DECIMAL if kind == "UBIGINT" else ColumnType.TEXT,
        )
    if kind.startswith("DECIMAL"):
        return "", ColumnType.DECIMAL
    if kind.startswith("TIMESTAMP"):
        return (
            ("TIMESTAMPTZ", ColumnType.TIMESTAMP_TZ)
            if "TZ" in kind or "TIME ZONE" in kind
            else ("TIMESTAMP", ColumnType.TIMESTAMP)
        )
    if kind.startswith("TIME"):
        return "TIME", ColumnType.TIME
    simple = {
        "BOOLEAN": ("", ColumnType.BOOLEAN), "FLOAT": ("DOUBLE", ColumnType.NUMBER), "DOUBLE": ("", ColumnType.NUMBER),
        "DATE": ("", ColumnType.DATE),
    }  # fmt: skip
    return simple.get(kind, ("VARCHAR", ColumnType.TEXT))


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """(name, type) of each field in the inside of STRUCT(…)."""
    at = 0
    while at < len(text):
        if text[at] == '"':
            end = at + 1
            while text[end] != '"' or text[end : end + 2] == '""':
                end += 2 if text[end : end + 2] == '""' else 1
            name, at = text[at + 1 : end].replace('""', '"'), end + 2
        else:
            end = text.index(" ", at)
            name, at = text[at:end], end + 1
        start, depth, inside = at, 0, False
        while at < len(text) and not (text[at] == "," and depth == 0 and not inside):
            if text[at] == '"':
                inside = not inside
            elif not inside:
                depth += {"(": 1, ")": -1}.get(text[at], 0)
            at += 1
        yield name, text[start:at]
        at += 2
