"""Between messages and the model, pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp
from infinure.integration.v1 import query_service_pb2, source_pb2, source_service_pb2

from meshkit.secrets import Secret
from services.integration.executors.port import Execution
from services.integration.executors.tls import Tls
from services.integration.model import Inspection, PostgresConfiguration, Source
from services.integration.querying import RunningQuery

DEFAULT_PORT = 5432
_TLS = {
    source_pb2.TLS_MODE_UNSPECIFIED: Tls.PREFER,
    source_pb2.TLS_MODE_DISABLE: Tls.DISABLE,
    source_pb2.TLS_MODE_PREFER: Tls.PREFER,
    source_pb2.TLS_MODE_REQUIRE: Tls.REQUIRE,
    source_pb2.TLS_MODE_VERIFY_FULL: Tls.VERIFY_FULL,
}
_TLS_MODES = {tls: mode for mode, tls in _TLS.items() if mode}


def configuration(message: source_pb2.SourceConfiguration) -> tuple[PostgresConfiguration, Secret]:
    """The configuration, and the password apart from it."""
    given = message.postgres
    return (
        PostgresConfiguration(
            host=given.host,
            port=given.port or DEFAULT_PORT,
            database=given.database,
            username=given.username,
            tls=_TLS[given.tls_mode],
            schemas=tuple(given.schemas),
        ),
        Secret(given.password),
    )


def source(known: Source) -> source_pb2.Source:
    given = known.configuration
    return source_pb2.Source(
        id=str(known.id),
        name=known.name,
        kind="postgres",
        configuration=source_pb2.SourceConfiguration(
            postgres=source_pb2.PostgresConfiguration(
                host=given.host,
                port=given.port,
                database=given.database,
                username=given.username,
                tls_mode=_TLS_MODES[given.tls],
                schemas=given.schemas,
            )
        ),
        state=source_pb2.SOURCE_STATE_READY,
        table_count=known.table_count,
        catalog_time=timestamp(known.catalog_time),
        create_time=timestamp(known.create_time),
        suggested_questions=[question.text for question in known.questions],
    )


def inspection(found: Inspection) -> source_service_pb2.TestSourceResponse:
    return source_service_pb2.TestSourceResponse(
        server_version=found.server_version, latency=_duration(found.latency_seconds), warnings=found.warnings
    )


def running(query: RunningQuery) -> query_service_pb2.ExecuteQueryResponse:
    return query_service_pb2.ExecuteQueryResponse(
        query=query_service_pb2.RunningQuery(
            sql=query.query.sql,
            tables=query.query.tables,
            policy_version=query.query.policy_version,
            scope_note=query.scope_note,
        )
    )


def summary(execution: Execution) -> query_service_pb2.ExecuteQueryResponse:
    return query_service_pb2.ExecuteQueryResponse(
        summary=query_service_pb2.QuerySummary(
            row_count=execution.row_count,
            truncated=execution.truncated,
            data_time=timestamp(execution.data_time),
            duration=_duration(execution.duration_seconds),
        )
    )


def timestamp(moment: datetime) -> Timestamp:
    """The moment, which must carry a time zone."""
    message = Timestamp()
    message.FromDatetime(moment)
    return message


def _duration(seconds: float) -> Duration:
    message = Duration()
    message.FromTimedelta(timedelta(seconds=seconds))
    return message
