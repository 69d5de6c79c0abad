"""`python -m tests.security --corpus DIR [--only a,b] [--json]`: refuse recall and allow pass rate."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.security import jws, passwords, sql_guard, ssrf_hosts, totp
from tests.security.outcome import Outcome, figures

# Each runner takes the corpus' folder and gives its outcomes and the number of lines that it skipped.
RUNNERS: dict[str, Callable[[Path], tuple[list[Outcome], int]]] = {
    "sql_guard": sql_guard.run,
    "ssrf_hosts": ssrf_hosts.run,
    "jws_rfc_vectors": jws.run_rfc,
    "wycheproof_jws": jws.run_wycheproof,
    "passwords": passwords.run,
    "totp": totp.run,
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.security", description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True, help="the folder that holds the corpora")
    parser.add_argument("--only", default=",".join(RUNNERS), help="which, separated by commas")
    parser.add_argument("--json", action="store_true", help="figures alone, as JSON")
    options = parser.parse_args(arguments)
    report: dict[str, Any] = {}
    for name in options.only.split(","):
        outcomes, skipped = RUNNERS[name](options.corpus)
        report[name] = figures(outcomes, skipped)
        if not options.json:
            _table(name, report[name], outcomes)
    if options.json:
        sys.stdout.write(json.dumps(report, indent=2) + "\n")
    return 0 if all(not each["failures"] for each in report.values()) else 1


def _table(name: str, found: dict[str, Any], outcomes: list[Outcome]) -> None:
    write = sys.stdout.write
    write(f"{name}: {found['total']} judged, {found['skipped']} skipped\n")
    write(f"{'':24}{'refuse recall':>16}{'allow pass':>14}\n")
    dialects = sorted({o.group.partition("/")[0] for o in outcomes})
    for label in [*dialects, *sorted({o.group for o in outcomes}), "all"]:
        chosen = [o for o in outcomes if label in ("all", o.group, o.group.partition("/")[0])]
        cells = []
        for must_refuse in (True, False):
            some = [o for o in chosen if o.must_refuse is must_refuse]
            cells.append(f"{sum(o.as_expected for o in some)}/{len(some)}" if some else "-")
        write(f"{label:24}{cells[0]:>16}{cells[1]:>14}\n")
    for outcome in outcomes:
        if not outcome.as_expected:
            write(f"  {outcome.id} {outcome.group}: {outcome.said[:160]}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
