"""The steps. One that was released is never changed; statements may run twice, as ClickHouse has no transactions."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """`number` counts from 1 without gaps."""

    number: int
    name: str
    statements: tuple[str, ...]


STEPS = (
    Step(
        1,
        "query events",
        (
            # The specification's columns, and the event's id. One delivered twice has the same key, so its rows
            # collapse: when parts merge, and before that when they are read (FINAL).
            """
            CREATE TABLE IF NOT EXISTS query_analytics (
                timestamp DateTime64(3, 'UTC'),
                organization_id String,
                user_id String,
                user_role LowCardinality(String),
                query_type LowCardinality(String),
                query_complexity Float32,
                execution_time_ms UInt32,
                tokens_used UInt32,
                success Bool,
                error_type LowCardinality(String),
                data_sources Array(String),
                id UUID,
                INDEX by_id id TYPE bloom_filter GRANULARITY 1
            )
            ENGINE = ReplacingMergeTree
            PARTITION BY toYYYYMM(timestamp)
            ORDER BY (organization_id, timestamp, id)
            """,
        ),
    ),
)
