"""Semantic models as text: what is rendered is read back as the same; what became different, in a line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.integration.catalog.semantic_changes import MOST_CHARACTERS, changes
from services.integration.catalog.semantic_model import parse
from services.integration.catalog.semantic_terms import (
    BETTER,
    DAYS,
    MONTHS,
    ROLES,
    ColumnMeaning,
    Format,
    GlossaryWord,
    Metric,
    Relationship,
    SemanticModel,
    SuggestedQuestion,
    TableMeaning,
)
from services.integration.catalog.semantic_yaml import rendered

CURRENCY = "EUR"
# What YAML would read as something else is text too.
WORDS = st.one_of(
    st.sampled_from("no|NO|1|1.5|null|~|2024-01-01|a: b|- a|'|\"|#|ja\nnein|日本|&a|off".split("|")),
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20),
)  # fmt: skip
PLAIN = st.text("abcdefghijklmnopqrstuvwxyzÄß_ -", min_size=1, max_size=12).filter(lambda name: name == name.strip())
MANY_WORDS = st.lists(WORDS, max_size=3).map(tuple)
TEXT = st.one_of(st.just(""), WORDS)
FORMATS = st.one_of(
    st.builds(Format, st.sampled_from(["number", "integer"]), st.just(""), TEXT.map(lambda text: text[:20].strip())),
    st.just(Format("percent")),
    st.sampled_from([CURRENCY, "USD"]).map(lambda code: Format("currency", code)),
)
VALUES = st.lists(st.tuples(WORDS, MANY_WORDS), max_size=3, unique_by=lambda pair: pair[0]).map(tuple)
COLUMNS = st.builds(ColumnMeaning, PLAIN, TEXT, TEXT, MANY_WORDS, st.booleans(), st.one_of(st.none(), FORMATS), VALUES)
TABLES = st.builds(
    TableMeaning, PLAIN, TEXT, TEXT, MANY_WORDS, st.booleans(), PLAIN, st.one_of(st.just(""), PLAIN),
    st.lists(COLUMNS, max_size=3, unique_by=lambda column: column.name).map(tuple),
)  # fmt: skip
LINKS = st.one_of(
    st.builds(Relationship, PLAIN, PLAIN, PLAIN, PLAIN, TEXT),
    st.builds(Relationship, PLAIN, PLAIN, PLAIN, PLAIN, off=st.just(True)),
)
METRICS = st.builds(
    Metric, st.from_regex(r"\A[a-z][a-z0-9_]{0,20}\Z"), WORDS, TEXT, MANY_WORDS, PLAIN, st.just("sum(x)"),
    st.just("y > 1"), TEXT, format=FORMATS, better=st.sampled_from(BETTER),
)  # fmt: skip
MODELS = st.builds(
    SemanticModel,
    TEXT,
    TEXT,
    st.just(CURRENCY),
    st.sampled_from(["", *DAYS]),
    st.sampled_from(["", *MONTHS]),
    st.lists(TABLES, max_size=3, unique_by=lambda table: table.name).map(tuple),
    st.lists(LINKS, max_size=2).map(tuple),
    st.lists(METRICS, max_size=3, unique_by=lambda metric: metric.name).map(tuple),
    st.lists(st.builds(GlossaryWord, WORDS, WORDS), max_size=3, unique_by=lambda word: word.word).map(tuple),
    st.lists(st.builds(SuggestedQuestion, st.sampled_from(["", *ROLES]), WORDS), max_size=3).map(
        lambda found: tuple(sorted(found, key=lambda question: ["", *ROLES].index(question.role)))
    ),
)


@given(MODELS)
def test_what_is_rendered_reads_back(model: SemanticModel) -> None:
    assert parse(rendered(model)) == model


def test_an_empty_model_is_a_line() -> None:
    assert rendered(SemanticModel()) == "version: 1\n"
    assert parse(rendered(SemanticModel())) == SemanticModel()


BASE = SemanticModel(tables=(TableMeaning("a"), TableMeaning("b")), metrics=(Metric("m", "M"),))


@pytest.mark.parametrize(
    ("new", "line"),
    [
        (BASE, "the same in other words"),
        (replace(BASE, metrics=()), "removed metric m"),
        (
            replace(BASE, tables=(TableMeaning("a", "A"), TableMeaning("b"), TableMeaning("c"))),
            "added table c; changed table a",
        ),
        (replace(BASE, glossary=tuple(GlossaryWord(c, c) for c in "wxyz")), "added glossary words w, x, y and 1 more"),
        (replace(BASE, currency="EUR"), "added heading currency"),
        (replace(BASE, week_starts_on="sunday"), "added heading first day of the week"),
        (replace(BASE, fiscal_year_starts_in="april"), "added heading first month of the fiscal year"),
    ],
)  # fmt: skip
def test_what_became_different_is_a_line(new: SemanticModel, line: str) -> None:
    assert changes(BASE, new) == line


def test_the_line_stays_short() -> None:
    many = SemanticModel(tables=tuple(TableMeaning(f"{'long' * 20}{n}") for n in range(9)))
    assert len(changes(SemanticModel(), many)) == MOST_CHARACTERS
