"""Whether what the rules couldn't read is read by the learned reader: then their silence says nothing against it."""

from __future__ import annotations

from collections.abc import Iterator

from services.ml_gateway.engine.outcome import RefusalReason, Refused
from services.ml_gateway.engine.reader.business.obeying import only_phrased
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.marks import WORDS
from services.ml_gateway.engine.vocabulary import UNSUPPORTED

# Classes of words that ask for something which the learned reader's features and conditions are about.
_HEARD = frozenset(
    """most least longest shortest frequent average sum median count more less equal between each by group order
    descending ascending distinct no both either and or than contain start end twice last share change where""".split()
)


def hears_more(best: Candidate | None, refused: Refused | None) -> bool:
    """Whether the learned reader's best candidate understands what the rules don't: a set phrase; what they say that
    they can't answer; each of the words that they couldn't place."""
    if best is None or any({token.form, token.lemma} & UNSUPPORTED.keys() for token in best.sentence.tokens):
        return False
    if only_phrased(best):
        return True
    if refused is None:
        return False
    if refused.reason is RefusalReason.UNSUPPORTED:
        return True
    said = {word.casefold() for words in refused.words for word in words.split()}
    return bool(said) and said.isdisjoint(_unheard(best))


def _unheard(best: Candidate) -> Iterator[str]:
    sentence = best.sentence
    places = [(part.item.first, part.item.last) for part in best.labelling.parts if part.choice]
    places += [(one.first, one.last) for one in sentence.times]
    places += [(one.first, one.last) for one in sentence.cues]
    heard = {at for first, last in places for at in range(first, last)}
    for at, token in enumerate(sentence.tokens):
        if at not in heard and WORDS.get(token.form, "") not in _HEARD:
            yield token.form
            yield token.text.casefold()
