"""`python -m tests.boundary`: removes each pass of the query boundary in turn and prints which named cases turn red."""

import sys

from services.integration.boundary.guard import PASSES
from tests.boundary.test_cases import CASES, outcome, without


def main() -> int:
    """0 if every pass is needed by some case; 1 otherwise."""
    unneeded = []
    for removed in PASSES:
        red = [case.name for case in CASES if outcome(case, without(removed)) != "as expected"]
        named = [case.name for case in CASES if case.guards == removed.__name__ and case.name in red]
        example = f"e.g. {named[0]}" if named else "NO CASE STANDS FOR IT"
        sys.stdout.write(f"{removed.__name__:22} {len(red):4} of {len(CASES)} cases turn red, {example}\n")
        if not named:
            unneeded.append(removed.__name__)
    sys.stdout.write(f"{len(PASSES)} passes removed, {len(unneeded)} survived\n")
    return 1 if unneeded else 0


if __name__ == "__main__":
    sys.exit(main())
