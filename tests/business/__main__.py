"""python -m tests.business: how many of the questions the engine answers right, by construct.

--databases DIR   keep the databases there (they are made once)
--only TAG        a tag, a database or the beginning of an id
--show VERDICT    list the questions of that verdict with what was said: right, wrong, declined, spared, unhelpful
--accept          add what is right today to answered.txt; --force also takes out what no longer is
--export DIR      write the databases, questions.jsonl and gold.jsonl there, for `infinure evaluate`

INFINURE_EVALUATE_PLAN and INFINURE_EVALUATE_PREPARE name another engine, as they do for `infinure evaluate`.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from cli.evaluate.engines import chosen
from tests.business import accepted
from tests.business.exporting import export
from tests.business.measuring import Measured, measure, prepared
from tests.business.questions import Question, questions
from tests.business.telling import listing, table


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.business", description=__doc__.split("\n")[0])
    parser.add_argument("--databases", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--show", default="")
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("--force", action="store_true")
    parser.add_argument("--export", type=Path)
    options = parser.parse_args()
    asked = [question for question in questions() if _is_meant(question, options.only)]
    if options.export:
        export(asked, options.export)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        place, engine = options.databases or Path(folder), chosen(os.environ)
        databases = {name: prepared(name, place, engine) for name in {question.database for question in asked}}
        found = list(measure(asked, databases))
    sys.stdout.write(listing(found, options.show) if options.show else table(found))
    return _accept(found, options.force) if options.accept else 0


def _is_meant(question: Question, only: str) -> bool:
    return not only or only in (question.database, *question.tags) or question.id.startswith(only)


def _accept(found: list[Measured], force: bool) -> int:
    lost = accepted.accept(found, force=force)
    if lost and not force:
        sys.stderr.write(f"no longer right, so nothing was written (--force writes): {' '.join(sorted(lost))}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
