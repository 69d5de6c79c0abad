"""What words around a number, a text or a value say of how it is compared."""

from services.ml_gateway.engine.reader.items import Item, Sentence
from services.ml_gateway.engine.reader.marks import WORDS
from services.ml_gateway.engine.reading import Operator

_REACH = 5
_AFTER = {
    "more": Operator.AT_LEAST, "greater": Operator.AT_LEAST, "above": Operator.AT_LEAST, "higher": Operator.AT_LEAST,
    "later": Operator.AT_LEAST, "older": Operator.AT_LEAST, "over": Operator.AT_LEAST, "larger": Operator.AT_LEAST,
    "less": Operator.AT_MOST, "fewer": Operator.AT_MOST, "below": Operator.AT_MOST, "lower": Operator.AT_MOST,
    "earlier": Operator.AT_MOST, "younger": Operator.AT_MOST, "smaller": Operator.AT_MOST,
}  # fmt: skip


def of_number(sentence: Sentence, item: Item) -> Operator:
    """ "more than 5", "at least 5", "5 or more", "not 5"; equal where nothing else is said."""
    forms = [token.form for token in sentence.tokens]
    after = forms[item.last : item.last + 3]
    if after[:1] == ["or"] and len(after) > 1 and after[1] in _AFTER:
        return _AFTER[after[1]]
    if after[:1] == ["+"]:
        return Operator.AT_LEAST
    return _said(_before(sentence, item))


def _before(sentence: Sentence, item: Item) -> list[str]:
    """The words before, up to the next number or value."""
    words: list[str] = []
    for position in range(item.first - 1, max(item.first - 1 - _REACH, -1), -1):
        if sentence.symbols[position] in ("#", "V", "L", "quoted", ",") and words:
            break
        words.insert(0, sentence.tokens[position].form)
    return words


def _said(words: list[str]) -> Operator:
    for position in range(len(words) - 1, -1, -1):
        word, before = words[position], words[position - 1] if position else ""
        if (word == "least" and before == "at") or word in ("≥", "minimum") or (word == "=" and before == ">"):
            return Operator.AT_LEAST
        if (word == "most" and before == "at") or word in ("≤", "maximum") or (word == "=" and before == "<"):
            return Operator.AT_MOST
        if word == "to" and before == "up":
            return Operator.AT_MOST
        kind = WORDS.get(word, "")
        turned = before in ("no", "not", "n", "t") and kind in ("more", "less", "equal")
        if turned:
            return Operator.AT_MOST if kind == "more" else Operator.AT_LEAST if kind == "less" else Operator.NOT_EQUAL
        if before == "or" and kind in ("more", "less"):  # "in or after"
            return Operator.AT_LEAST if kind == "more" else Operator.AT_MOST
        if kind == "more" or (word in (">", "since") and position == len(words) - 1):
            return Operator.GREATER
        if kind == "less" or word == "<":
            return Operator.LESS
    return Operator.EQUAL


def of_text(sentence: Sentence, item: Item) -> Operator:
    """ "contains", "starting with", "the letter"; equal where nothing else is said."""
    words = [token.form for token in sentence.tokens[max(item.first - 7, 0) : item.first]]
    kinds = [WORDS.get(word, "") for word in words]
    after = [token.form for token in sentence.tokens[item.last : item.last + 5]]
    if "start" in kinds[-6:] or "prefix" in words[-5:] or words[-1:] == ["prefix"]:
        return Operator.STARTS_WITH
    if ("end" in kinds[-6:] and "with" in words[-3:]) or "suffix" in words[-5:]:
        return Operator.ENDS_WITH
    inside = after[:1] == ["in"] and after[1:2] in (["their"], ["its"], ["the"], ["his"], ["her"])
    if "contain" in kinds or inside or {"substring", "part"} & set(after):
        return Operator.CONTAINS
    return Operator.EQUAL


def between(sentence: Sentence, first: Item, second: Item) -> bool:
    """ "between 5 and 10", "from 5 to 10"."""
    lead = sentence.tokens[first.first - 1].form if first.first else ""
    joint = [token.form for token in sentence.tokens[first.last : second.first]]
    return (lead == "between" and joint == ["and"]) or (lead in ("from", "between", "range") and joint == ["to"])


def either(sentence: Sentence, first: Item, second: Item) -> bool:
    """Whether "or" stands between two items."""
    return "or" in [token.form for token in sentence.tokens[first.last : second.first]]
