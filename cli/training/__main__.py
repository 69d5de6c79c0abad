"""`python -m cli.training --questions Q.jsonl --databases DIR --out weights.json`: the same input, the same weights.

Lines of Q.jsonl: {db_path (under DIR), question, gold_sql (one or several), now?}. --also MODULE:FUNCTION names, as
often as wanted, a function without arguments that gives a cli.training.sets.Own: questions over catalogs that are no
mere files, with a semantic model and rows of their own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
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
from services.ml_gateway.training.held_out import BARS, Held, Judged, held
from services.ml_gateway.training.known import Known
from services.ml_gateway.training.learning import learn

_ASKED_ON = date(2026, 1, 1)


def main() -> None:
    options, start = _options(), time.monotonic()
    questions = list(_questions(options.questions))[:: options.every]
    indexes = asyncio.run(_indexes(options.databases, sorted({one.database for one in questions})))
    rows = Rows(opened_in(options.databases))
    for own in (loaded(name) for name in options.also):
        questions += own.questions
        indexes |= {name: prepare(catalog) for name, catalog in own.catalogs.items()}
        rows = rows.also({name: own.open for name in own.catalogs})
    learned, judged = learn(
        questions, indexes, rows.right, rank_every=options.rank_every, jobs=options.jobs, tell=_told_since(start)
    )
    options.out.write_text(written(learned))
    if options.held:
        options.held.write_text("".join(map(_line, judged)))
    for one in held(judged, options.bar):
        _tell(one)
    _tell_curve(judged)


def _told_since(start: float) -> Callable[[str], None]:
    return lambda line: print(f"{time.monotonic() - start:6.0f} s  {line}", file=sys.stderr, flush=True)


def _line(one: Judged) -> str:
    told = {
        "group": one.known.group, "database": one.known.database, "number": one.place, "question": one.known.text,
        "right": one.right, "among": one.among, "sure": round(one.sure, 4), "lacking": one.lacking,
    }  # fmt: skip
    return json.dumps(told) + "\n"


def _tell(one: Held) -> None:
    print(f"{one.group or 'questions'} {one.questions}, right {one.right / one.questions:.1%}, "
          f"right among the candidates {one.among / one.questions:.1%}")  # fmt: skip
    print(f"answered {one.answered / one.questions:.1%}, wrong among them {one.wrong / max(one.answered, 1):.1%}")


def _tell_curve(judged: Sequence[Judged]) -> None:
    """Of each group, how much is answered at a bar and how much of that is wrong."""
    curves = [held(judged, bar) for bar in BARS]
    print("".join(("bar".ljust(20), *(f"{bar:>12.2f}" for bar in BARS))))
    for several in zip(*curves, strict=True):
        shares = (f"{o.answered / o.questions:.0%}, {o.wrong / max(o.answered, 1):.1%}" for o in several)
        print("".join(((several[0].group or "questions").ljust(20), *(f"{share:>12}" for share in shares))))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m cli.training", description=__doc__)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--databases", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--also", action="append", default=[], help="module:function, further questions")
    parser.add_argument("--bar", type=float, default=BAR, help="confidence of an answer, for the figures told")
    parser.add_argument("--held", type=Path, help="where a line for each question is written: how it fared held out")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
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
