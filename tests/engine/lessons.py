"""The cases as questions to learn from: `python -m cli.training --also tests.engine.lessons:lessons`."""

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from sqlglot import parse_one

from cli.training.sets import Own
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.tokens import tokenize
from services.ml_gateway.training.known import Known
from services.ml_gateway.training.ties import with_first_columns, without_ties
from tests.engine.catalogs import CATALOGS as SMALL
from tests.engine.data import NOW, database
from tests.engine.reader.rental import rental
from tests.engine.trades import TRADES

_CATALOGS = SMALL | TRADES | {"asked": rental}
_CASES = Path(__file__).parent / "cases"
_ELSEWHERE = {"asked": _CASES.parent / "reader" / "asked.yaml"}
_ORDERING = {"order", "ascending", "descending", "most", "least", "longest", "shortest", "last"}
_WEIGHT = 3


def lessons() -> Own:
    catalogs = {f"cases/{name}": replace(build(), dialect="sqlite") for name, build in _CATALOGS.items()}
    questions = tuple(_known(name, case) for name in _CATALOGS for case in _cases(name) if "sql" in case)
    return Own(catalogs, tuple(dict.fromkeys(questions)), partial(_opened, Path(tempfile.mkdtemp())))


def _cases(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load(_ELSEWHERE.get(name, _CASES / f"{name}.yaml").read_text()))


def _known(name: str, case: dict[str, Any]) -> Known:
    stated = case["sql"] if isinstance(case["sql"], list) else [case["sql"]]
    sql = tuple(_as_asked(one, case["question"]) for one in stated)
    if "enough" in case:
        sql = (*(with_first_columns(one, case["enough"]) for one in sql), *sql)
    return Known(f"cases/{name}", case["question"], sql, NOW.date(), "cases", _WEIGHT)


def _as_asked(sql: str, question: str) -> str:
    """Without the order that the cases' own rows have where the question says nothing of one."""
    parsed = parse_one(without_ties(sql), dialect="sqlite")
    cues = {WORDS.get(token.form) for token in tokenize(question)}
    if parsed.args.get("limit") is None and not cues & _ORDERING:
        parsed.set("order", None)
    return parsed.sql(dialect="sqlite")


def _opened(folder: Path, name: str) -> sqlite3.Connection:
    """Each schema is a file, written when it is first asked for."""
    catalog = _CATALOGS[name.partition("/")[2]]()
    opened = sqlite3.connect(":memory:")
    for schema in sorted({table.schema for table in catalog.tables}):
        path = folder / f"{name.replace('/', '.')}.{schema}"
        if not path.exists():
            with closing(database(catalog)) as made:
                made.commit()
                made.execute(f'VACUUM "{schema}" INTO ?', (str(path),))
        opened.execute(f'ATTACH ? AS "{schema}"', (str(path),))
    return opened
