"""Operators that words around a number or a text name."""

import pytest

from services.ml_gateway.engine.index import LiteralKind, prepare
from services.ml_gateway.engine.reader.assembly.comparing import of_number, of_text
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.labelling.sentence import Item, Sentence
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.trades import college


def _literal(question: str, kind: LiteralKind) -> tuple[Sentence, Item]:
    sentence = sentences(tokenize(question), prepare(college()))[0]
    (item, *_) = [one for one in sentence.items if any(c.target.literal is kind for c in one.choices)]
    return sentence, item


@pytest.mark.parametrize(
    ("question", "operator"),
    [
        ("courses with more than 3 credits", Operator.GREATER),
        ("courses with fewer than 3 credits", Operator.LESS),
        ("courses with at least 3 credits", Operator.AT_LEAST),
        ("courses with at most 3 credits", Operator.AT_MOST),
        ("courses with 3 or more credits", Operator.AT_LEAST),
        ("courses with no more than 3 credits", Operator.AT_MOST),
        ("courses with 3 credits", Operator.EQUAL),
        ("courses with credits of least 3", Operator.AT_LEAST),
        ("courses with credits greater than or equal to 3", Operator.AT_LEAST),
    ],
)
def test_numbers(question: str, operator: Operator) -> None:
    assert of_number(*_literal(question, LiteralKind.NUMBER)) is operator


@pytest.mark.parametrize(
    ("question", "operator"),
    [
        ('courses whose title contains "quark"', Operator.CONTAINS),
        ('courses whose title starts with "quark"', Operator.STARTS_WITH),
        ('courses whose title ends with "quark"', Operator.ENDS_WITH),
        ('courses called "quark"', Operator.EQUAL),
        ('courses that have "quark" in their title', Operator.CONTAINS),
    ],
)
def test_texts(question: str, operator: Operator) -> None:
    assert of_text(*_literal(question, LiteralKind.TEXT)) is operator


def test_what_is_said_of_one_text_is_not_said_of_the_next() -> None:
    def operators(question: str) -> list[Operator]:
        sentence = sentences(tokenize(question), prepare(college()))[0]
        texts = [one for one in sentence.items if any(c.target.literal is LiteralKind.TEXT for c in one.choices)]
        return [of_text(sentence, one) for one in texts]

    assert operators('courses whose title contains "quark" and with the teacher "Bohr"') == [
        Operator.CONTAINS, Operator.EQUAL,
    ]  # fmt: skip
    assert operators('courses whose title contains "quark" or "lepton"') == [Operator.CONTAINS, Operator.CONTAINS]
