"""`python -m tests.boundary`: removes each pass of the query boundary in turn and prints which named cases turn red."""

import sys

from services.integration.boundary.guard import PASSES
from tests.boundary.test_cases import CASES, IDLE, outcome, without


def main() -> int:
    """0 if every pass is needed by some case, and by one of ClickHouse's, where the allow-list must hold alone."""
    unneeded = []
    for removed in PASSES:
        red = [case for case in CASES if outcome(case, without(removed)) != "as expected"]
        named = [case for case in red if case.guards == removed.__name__]
        there = next((case.name for case in named if case.dialect == "clickhouse"), "")
        example = f"e.g. {named[0].name}" if named else "NO CASE STANDS FOR IT"
        told = there or IDLE.get(("clickhouse", removed), "") or "NO CASE STANDS FOR IT"
        sys.stdout.write(
            f"{removed.__name__:20} {len(red):4} of {len(CASES)} turn red, {example}; clickhouse: {told}\n"
        )
        if not named or told.isupper():
            unneeded.append(removed.__name__)
    sys.stdout.write(f"{len(PASSES)} passes removed, {len(unneeded)} survived\n")
    return 1 if unneeded else 0


if __name__ == "__main__":
    sys.exit(main())
