"""What holds for every statement, however it was mangled."""

import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp

from services.integration.boundary.allow.rules import rules_for
from services.integration.boundary.guard import guard
from services.integration.boundary.model import Limits
from services.integration.boundary.refusals import QueryRefused
from tests.boundary import shop
from tests.boundary.loading import Case, cases

DIALECTS = ("postgres", "sqlite", "mysql", "duckdb", "clickhouse")
ALLOWED = [case for case in cases() if not case.reason]
PIECES = sorted({piece for case in cases() if len(case.sql) < 2000 for piece in case.sql.split()})


@st.composite
def mangled(draw: st.DrawFn) -> tuple[str, str]:
    """An allowed statement with pieces of other statements put in, taken out, doubled or swapped."""
    case = draw(st.sampled_from(ALLOWED))
    words = case.sql.split()
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(words)))
        change = draw(st.sampled_from(("insert", "delete", "replace", "noise")))
        if change == "insert":
            words.insert(at, draw(st.sampled_from(PIECES)))
        elif change == "delete":
            del words[at : at + 1]
        elif change == "replace":
            words[at : at + 1] = [draw(st.sampled_from(PIECES))]
        else:
            words.insert(at, draw(st.text(string.printable + "'\"$\\/*-", max_size=4)))
    return case.dialect, " ".join(words)


def judge(dialect: str, sql: str) -> None:
    """Refused, or allowed with SQL that reads permitted things alone and is a fixed point of reading and rendering."""
    try:
        guarded = guard(sql, shop.scope(dialect))
    except QueryRefused:
        return
    parser = rules_for(dialect).parser
    again = parser.parse(guarded.sql)
    assert len(again) == 1
    assert again[0] is not None
    for table in again[0].find_all(exp.Table):
        if table.db:
            reading = table.find_ancestor(exp.Select)
            assert reading is not None
            read = {column.name for column in reading.find_all(exp.Column)}
            assert (
                read <= shop.TABLES[f"public.{table.name}" if table.db != "archive" else f"archive.{table.name}"].keys()
            )
            assert not read & shop.HIDDEN.get(f"public.{table.name}", set())
            assert f"public.{table.name}" not in shop.ABSENT
    assert again[0].sql(parser, identify=True, comments=False) == guarded.sql


@settings(max_examples=600, deadline=None)
@given(mangled())
def test_mangled_statements(statement: tuple[str, str]) -> None:
    judge(*statement)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(DIALECTS), st.text(max_size=200))
def test_any_text(dialect: str, text: str) -> None:
    judge(dialect, text)


@pytest.mark.parametrize("case", ALLOWED, ids=lambda case: f"{case.dialect}: {case.name}")
def test_what_was_allowed_stays_allowed(case: Case) -> None:
    """Guarding the guarded SQL allows it again and reads the same tables."""
    scope = shop.scope(case.dialect)
    once = guard(case.sql, scope, Limits(max_relations=40))
    twice = guard(once.sql, scope, Limits(max_relations=40))
    assert twice.tables == once.tables


def test_the_same_statement_gives_the_same_text() -> None:
    sample = random.Random(7).sample(ALLOWED, 30)
    for case in sample:
        scope = shop.scope(case.dialect)
        assert guard(case.sql, scope) == guard(case.sql, scope)


def test_metadata_tells_no_name_that_was_not_proposed() -> None:
    """Hidden and inexistent look the same, but for the name that was asked for."""
    said = set()
    for name in ("salary", "nothing"):
        with pytest.raises(QueryRefused) as refused:
            guard(f"SELECT p.{name} FROM staff p WHERE p.{name} > 1", shop.scope())
        said.add(refused.value.message.replace(name, "…") + str(refused.value.metadata).replace(name, "…"))
    for name in ("forbidden", "inexistent"):
        with pytest.raises(QueryRefused) as refused:
            guard(f"SELECT * FROM {name}", shop.scope())
        said.add(refused.value.message.replace(name, "…") + str(refused.value.metadata).replace(name, "…"))
    assert len(said) == 2
