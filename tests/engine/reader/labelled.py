"""Queries of questions whose labels are given by hand."""

from collections.abc import Mapping, Sequence

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.query.model import Query
from services.ml_gateway.engine.reader.assembly.assembling import assemble
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.tokens import tokenize


def queries(question: str, labels: Mapping[str, Label], index: Index) -> Sequence[Query]:
    """The queries of the first division, where each item has the label of its words and its best fitting meaning.

    Words that the question has twice have the label of "words 2" the second time, if there is one.
    """
    sentence = sentences(tokenize(question), index)[0]
    parts, seen = [], set[str]()
    for item in sentence.items:
        words = " ".join(token.form for token in sentence.tokens[item.first : item.last])
        again = f"{words} 2" if words in seen else words
        label = labels.get(again, labels.get(words, Label.IGNORED))
        seen.add(words)
        parts.append(Part(item, label, None if label is Label.IGNORED else item.choices[0]))
    return [one.query for one in assemble(parts, sentence, index)]
