"""The engine's own configuration, as documents: bounds, small pools and caches, durable inserts, access control.

The engine knows one user, `default`, and its grants are what every user of the server may do: databases by a pattern,
the table engines that keep data in this folder, and no source outside of it.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from cli.stores.clickhouse.settings import Limits, StoreSettings

Document = Mapping[str, "str | int | Document"]

RIGHTS = (
    "SHOW, SELECT, INSERT, ALTER TABLE, ALTER VIEW, CREATE DATABASE, CREATE TABLE, CREATE VIEW, "
    "DROP DATABASE, DROP TABLE, DROP VIEW, TRUNCATE, OPTIMIZE, dictGet"
)
TABLE_ENGINES = (
    *(
        f"{kind}MergeTree"
        for kind in ("", "Replacing", "Summing", "Aggregating", "Collapsing", "VersionedCollapsing", "Coalescing")
    ),
    *("Memory", "Log", "TinyLog", "StripeLog", "Null", "Set", "Join", "View", "MaterializedView"),
)
# Settings that hold expressions or places; what they hold is not seen by the reading of a statement.
FIXED = (
    "additional_table_filters",
    "additional_result_filter",
    "format_schema",
    "format_schema_source",
    "format_template_row",
    "format_template_resultset",
    "allow_introspection_functions",
    "allow_experimental_codecs",
)


def server(settings: StoreSettings, users_file: Path) -> Document:
    """The main document."""
    return {
        "users_config": str(users_file),
        "tmp_path": str(settings.folder / "tmp") + "/",
        "user_files_path": str(settings.folder / "user_files") + "/",
        "timezone": "UTC",
        "max_server_memory_usage": settings.limits.server_memory,
        "max_concurrent_queries": settings.limits.running + 8,
        **_CACHES,
        **_POOLS,
        "merge_tree": _MERGE_TREE,
    }


def users(settings: StoreSettings) -> Document:
    """The user, the profile and its constraints."""
    return {
        "profiles": {"default": {**_profile(settings.limits), "constraints": _constraints(settings.limits)}},
        "quotas": {"default": ""},
        "users": {
            "default": {
                "password": "",
                "networks": {"ip": "::/0"},
                "profile": "default",
                "quota": "default",
                "grants": _Repeated("query", grants(settings.database_pattern)),
            }
        },
    }


def grants(database_pattern: str) -> tuple[str, ...]:
    """Statements that give all that users have."""
    return (
        f"GRANT {RIGHTS} ON {database_pattern}.*",
        "GRANT SELECT, SHOW ON system.*",
        "GRANT SELECT, SHOW ON INFORMATION_SCHEMA.*",
        "GRANT SELECT, SHOW ON information_schema.*",
        "GRANT CREATE TEMPORARY TABLE, KILL QUERY ON *.*",
        *(f"GRANT TABLE ENGINE ON {engine}" for engine in TABLE_ENGINES),
    )


def xml(document: Document) -> str:
    """The text of a configuration file."""
    return f"<clickhouse>{_inner(document)}</clickhouse>\n"


# A small machine's: the page cache of the kernel holds the files anyway.
_CACHES: Document = {
    "mark_cache_size": 64 << 20,
    "index_mark_cache_size": 8 << 20,
    "primary_index_cache_size": 64 << 20,
    "uncompressed_cache_size": 0,
    "index_uncompressed_cache_size": 0,
    "query_condition_cache_size": 8 << 20,
    "mmap_cache_size": 128,
    "compiled_expression_cache_size": 8 << 20,
    "query_cache": {"max_size_in_bytes": 0},
}
_POOLS: Document = {
    "background_pool_size": 2,
    "background_move_pool_size": 1,
    "background_fetches_pool_size": 1,
    "background_common_pool_size": 2,
    "background_buffer_flush_schedule_pool_size": 1,
    "background_schedule_pool_size": 2,
    "background_message_broker_schedule_pool_size": 1,
    "background_distributed_schedule_pool_size": 1,
    "max_thread_pool_free_size": 4,
    "max_io_thread_pool_free_size": 0,
    "asynchronous_metrics_update_period_s": 60,
    "asynchronous_heavy_metrics_update_period_s": 3600,
}
_MERGE_TREE: Document = {
    # What is acknowledged outlives a machine that stops.
    "fsync_after_insert": 1,
    "fsync_part_directory": 1,
    "min_rows_to_fsync_after_merge": 1,
    # These count free places in the merging pool, which is smaller here than their defaults.
    "number_of_free_entries_in_pool_to_lower_max_size_of_merge": 2,
    "number_of_free_entries_in_pool_to_execute_mutation": 1,
    "number_of_free_entries_in_pool_to_execute_optimize_entire_partition": 1,
    # A merge takes one reading buffer per column: wide tables are merged in stripes.
    "vertical_merge_algorithm_min_columns_to_activate": 11,
    "max_bytes_to_merge_at_max_space_in_pool": 10 << 30,
}


def _profile(limits: Limits) -> Document:
    return {
        "max_memory_usage": limits.query_memory,
        "max_threads": limits.threads_per_query,
        "max_insert_threads": 1,
        "max_execution_time": int(limits.query_seconds),
        "max_query_size": limits.statement,
        "max_bytes_before_external_group_by": limits.query_memory // 2,
        "max_bytes_before_external_sort": limits.query_memory // 2,
        # An insert is acknowledged when it is written.
        "async_insert": 0,
        "mutations_sync": 1,
        "allow_introspection_functions": 0,
        # The embedded engine's habits differ from a server's here.
        "implicit_select": 0,
        "database": "default",
    }


def _constraints(limits: Limits) -> Document:
    return {
        "max_memory_usage": {"min": 1 << 20, "max": limits.query_memory},
        "max_threads": {"min": 1, "max": 16},
        **{name: {"readonly": ""} for name in FIXED},
    }


class _Repeated(dict[str, "str | int | Document"]):
    """One element several times."""

    def __init__(self, name: str, values: Iterable[str]) -> None:
        super().__init__({f"{number} {name}": value for number, value in enumerate(values)})


def _inner(document: Document) -> str:
    return "".join(f"<{_tag(name)}>{_content(value)}</{_tag(name)}>" for name, value in document.items())


def _tag(name: str) -> str:
    return name.rpartition(" ")[2]


def _content(value: "str | int | Document") -> str:
    return escape(str(value)) if isinstance(value, str | int) else _inner(value)
