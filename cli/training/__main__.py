"""`python -m cli.training --questions Q.jsonl --databases DIR --out weights.json`: the same input, the same weights.

Lines of Q.jsonl: {db_path (under DIR), question, gold_sql (one or several), now?}. --also MODULE:FUNCTION names, as
often as wanted, a function without arguments that gives a cli.training.sets.Own: questions over catalogs that are no
mere files, with a semantic model and rows of their own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from cli.evaluate.databases import catalog_of
from cli.evaluate.running import WORK
from cli.training.rows import Rows, opened_in
from cli.training.sets import loaded
from services.integration.workers import Workers
from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.reader.planning import BAR
from services.ml_gateway.engine.reader.weights import written
from services.ml_gateway.training.learning import Held, Known, learn

_ASKED_ON = date(2026, 1, 1)


def main() -> None:
    options = _options()
    questions = list(_questions(options.questions))[:: options.every]
    indexes = asyncio.run(_indexes(options.databases, sorted({one.database for one in questions})))
    rows = Rows(opened_in(options.databases))
    for own in (loaded(name) for name in options.also):
        questions += own.questions
        indexes |= {name: prepare(catalog) for name, catalog in own.catalogs.items()}
        rows = rows.also({name: own.open for name in own.catalogs})
    learned, groups = learn(questions, indexes, rows.right, bar=options.bar, rank_every=options.rank_every)
    options.out.write_text(written(learned))
    for held in groups:
        _tell(held)


def _tell(held: Held) -> None:
    print(f"{held.group or 'questions'} {held.questions}, right {held.right / held.questions:.1%}, "
          f"right among the candidates {held.among / held.questions:.1%}")  # fmt: skip
    print(f"answered {held.answered / held.questions:.1%}, wrong among them {held.wrong / max(held.answered, 1):.1%}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m cli.training", description=__doc__)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--databases", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--also", action="append", default=[], help="module:function, further questions")
    parser.add_argument("--bar", type=float, default=BAR, help="confidence of an answer, for the figures told")
    parser.add_argument("--every", type=int, default=1, help="learn from every n-th question")
    parser.add_argument("--rank-every", type=int, default=1, help="rank every n-th of those")
    return parser.parse_args()


def _questions(path: Path) -> Iterator[Known]:
    for line in path.read_text().splitlines():
        one = json.loads(line)
        sql = (one["gold_sql"],) if isinstance(one["gold_sql"], str) else tuple(one["gold_sql"])
        day = date.fromisoformat(one["now"][:10]) if one.get("now") else _ASKED_ON
        yield Known(one["db_path"], one["question"], sql, day)


async def _indexes(folder: Path, databases: list[str]) -> dict[str, Index]:
    async with Workers.open(warm=1, modules=WORK) as workers:
        return {name: prepare(await catalog_of(folder / name, workers)) for name in databases}


main()
