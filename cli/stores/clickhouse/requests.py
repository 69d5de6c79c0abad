"""One HTTP request as ClickHouse reads it: URL parameters and headers into what to run and how."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cli.stores.clickhouse.errors import NOT_IMPLEMENTED, UNKNOWN_SETTING, Refused, malformed

# The protocol's own parameters; the rest are the query's parameters and the engine's settings.
_SILENT = frozenset(
    "session_id session_timeout session_check close_session quota_key buffer_size enable_http_compression "
    "http_zlib_compression_level cancel_http_readonly_queries_on_client_close send_progress_in_http_headers "
    "http_headers_progress_interval_ms client_protocol_version user password stacktrace "
    "http_write_exception_in_output_format log_queries".split()
)
_REFUSED = frozenset(("compress", "decompress", "role"))
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_ID = re.compile(r"[\x21-\x7e]{1,128}")

# By name or by how it begins: limits, how values are read and written, and how a query is carried out.
ALLOWED_SETTINGS = re.compile(
    r"""(max|min)_(execution_time|memory_usage|threads|insert_threads|block_size|result_rows|result_bytes|rows_to_read
      |bytes_to_read|rows_to_group_by|rows_to_sort|bytes_to_sort|rows_in_join|bytes_in_join|rows_in_set|bytes_in_set
      |rows_in_distinct|bytes_in_distinct|columns_to_read|temporary_columns|query_size|ast_depth|ast_elements
      |expanded_ast_elements|parser_depth|parser_backtracks|subquery_depth|partitions_per_insert_block
      |bytes_before_external_group_by|bytes_before_external_sort|bytes_ratio_before_external_group_by
      |bytes_ratio_before_external_sort|insert_block_size|insert_block_size_rows|insert_block_size_bytes
      |rows_to_read_leaf|estimated_execution_time|execution_speed|execution_speed_bytes)
    |(result|read|timeout|group_by|sort|join|set|distinct)_overflow_mode
    |timeout_before_checking_execution_speed
    |(input|output)_format_[a-z0-9_]+
    |format_(csv|tsv|custom|binary|json|regexp|capn|display|avro|schema_inference)_[a-z0-9_]+
    |date_time_(input|output)_format|cast_[a-z_]+|schema_inference_[a-z_]+
    |session_timezone|use_client_time_zone
    |join_(use_nulls|algorithm|default_strictness)|joined_subquery_requires_alias|any_join_distinct_right_table_keys
    |group_by_use_nulls|group_by_two_level_threshold(_bytes)?|aggregate_functions_null_for_empty
    |(union|except|intersect)_default_mode|transform_null_in|data_type_default_nullable|flatten_nested
    |prefer_column_name_to_alias|enable_[a-z_]+|allow_(experimental|suspicious)_(json|variant|dynamic|object|low)[a-z_]*
    |allow_hyperscan|regexp_max_[a-z_]+|decimal_check_overflow|check_query_single_value_result
    |readonly|final|extremes|limit|offset|totals_mode|distinct_[a-z_]+
    |optimize_[a-z_]+|query_plan_[a-z_]+|use_[a-z_]+|compile_[a-z_]+|priority|load_balancing|force_[a-z_]+
    |async_insert|wait_for_async_insert|insert_(deduplicate|deduplication_token|null_as_default|quorum)
    |mutations_sync|alter_sync|lightweight_deletes_sync|database_atomic_wait_for_drop_and_detach_synchronously
    |empty_result_for_aggregation_by_[a-z_]+|short_circuit_function_evaluation|low_cardinality_[a-z_]+
    |function_[a-z_]+|validate_[a-z_]+|count_distinct_[a-z_]+|ignore_[a-z_]+|throw_[a-z_]+|parallelize_[a-z_]+""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Request:
    """What to run. `query` is the part in the URL; the body follows it."""

    query: str
    query_id: str | None
    database: str | None
    default_format: str | None
    # Send nothing before the query has ended, so that its status is true.
    waits: bool
    settings: Mapping[str, str] = field(repr=False)
    parameters: Mapping[str, str] = field(repr=False)


def read(pairs: Sequence[tuple[str, str]], headers: Mapping[str, str], known_settings: frozenset[str]) -> Request:
    """What a request asks for; a setting that comes twice is the last one's.

    Raises:
        Refused: a parameter that is none, or that this server doesn't let anybody set.
    """
    given = dict(pairs)
    query_id = given.pop("query_id", "") or headers.get("x-clickhouse-query-id", "")
    if query_id and not _ID.fullmatch(query_id):
        raise malformed("query_id must be 1 to 128 printable ASCII characters.")
    request = Request(
        query=given.pop("query", ""),
        query_id=query_id or None,
        database=given.pop("database", "") or headers.get("x-clickhouse-database") or None,
        default_format=given.pop("default_format", "") or headers.get("x-clickhouse-format") or None,
        waits=given.pop("wait_end_of_query", "0") in ("1", "true"),
        parameters={name[6:]: value for name, value in given.items() if name.startswith("param_")},
        settings=_settings({n: v for n, v in given.items() if not n.startswith("param_")}, known_settings),
    )
    if bad := next((name for name in request.parameters if not name.isidentifier() or not name.isascii()), None):
        raise malformed(f"The name of a parameter is not a name ({len(bad)} characters).")
    return request


def _settings(given: Mapping[str, str], known: frozenset[str]) -> dict[str, str]:
    settings = {}
    for name, value in given.items():
        if name in _SILENT:
            continue
        if name in _REFUSED and value not in ("", "0", "false"):
            raise Refused(NOT_IMPLEMENTED, "NOT_IMPLEMENTED", f"The parameter {name} is not supported.")
        if name in _REFUSED:
            continue
        if not _NAME.fullmatch(name) or name not in known:
            shown = name if _NAME.fullmatch(name) and len(name) < 100 else "of this name"
            raise Refused(
                UNKNOWN_SETTING, "UNKNOWN_SETTING", f"Setting {shown} is neither a builtin setting nor known."
            )
        if not ALLOWED_SETTINGS.fullmatch(name):
            raise Refused(452, "SETTING_CONSTRAINT_VIOLATION", f"Setting {name} should not be changed on this server.")
        settings[name] = value
    return settings
