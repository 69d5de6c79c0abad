"""What words around a number, a text or a value say of how it is compared."""

from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.sentence import Item, Sentence
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import TokenKind

_REACH = 5
_BEHIND = {"more": Operator.AT_LEAST, "less": Operator.AT_MOST}
_NUMBERS = (TokenKind.NUMBER, TokenKind.DATE)
_VALUED = ("#", "L", "quoted", "date")


def of_number(sentence: Sentence, item: Item) -> Operator:
    """ "more than 5", "at least 5", "5 or more", "not 5"; equal where nothing else is said."""
    return _open_end(sentence, item) or _said(_before(sentence, item))


def _open_end(sentence: Sentence, item: Item) -> Operator | None:
    """ "5 or more", "2001 or before", "5+"; "over 5 or less than 3" begins another comparison."""
    after = [token.form for token in sentence.tokens[item.last : item.last + 3]]
    if after[:1] == ["+"]:
        return Operator.AT_LEAST
    if after[1:2] == ["or"] and after[0].isalpha() and after[0] not in ("or", "and", "to", "but"):
        unit = sentence.tokens[item.last + 1 : item.last + 4]  # "80 grams or more", but "5 stars or more than 3"
        kind = WORDS.get(unit[1].form, "") if len(unit) > 1 else ""
        more = unit[2].form if len(unit) > 2 else ""
        return None if more == "than" or more.isdigit() else _BEHIND.get(kind)
    if len(after) < 2 or after[0] not in ("or", "and") or after[2:] == ["than"]:
        return None
    following = sentence.symbols[item.last + 2] if len(after) > 2 else ""
    if len(after) > 2 and sentence.tokens[item.last + 2].kind in _NUMBERS:
        return None
    kind = "less" if after[1] in ("fewer", "young") else WORDS.get(after[1], "")
    return None if following in _VALUED or WORDS.get(following) == "the" else _BEHIND.get(kind)


def _before(sentence: Sentence, item: Item) -> list[str]:
    """The words before, up to the next number or value."""
    words: list[str] = []
    for position in range(item.first - 1, max(item.first - 1 - _REACH, -1), -1):
        number = sentence.tokens[position].kind in _NUMBERS
        if (number or sentence.symbols[position] in ("#", "V", "L", "quoted", ",")) and words:
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
        if word in ("least", "most") and position == len(words) - 1:  # "of least 5"
            return Operator.AT_LEAST if word == "least" else Operator.AT_MOST
        if word == "to" and before == "up":
            return Operator.AT_MOST
        kind = WORDS.get(word, "")
        if kind == "equal" and before == "or" and position > 1:
            return {Operator.GREATER: Operator.AT_LEAST, Operator.LESS: Operator.AT_MOST}.get(
                _said(words[: position - 1]), Operator.EQUAL
            )
        turned = before in ("no", "not", "n", "t") and kind in ("more", "less", "equal")
        if turned:
            return Operator.AT_MOST if kind == "more" else Operator.AT_LEAST if kind == "less" else Operator.NOT_EQUAL
        if before == "or" and kind in ("more", "less") and position > 1:  # "in or after"
            return Operator.AT_LEAST if kind == "more" else Operator.AT_MOST
        if word == "since" and position == len(words) - 1:
            return Operator.AT_LEAST
        if kind == "more" or (word == ">" and position == len(words) - 1):
            return Operator.GREATER
        if kind == "less" or word == "<":
            return Operator.LESS
    return Operator.EQUAL


def of_text(sentence: Sentence, item: Item) -> Operator:
    """ "contains", "starting with", "the letter"; equal where nothing else is said."""
    words = [token.form for token in sentence.tokens[_since_another(sentence, item) : item.first]]
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


def _since_another(sentence: Sentence, item: Item) -> int:
    """Where what is said of a text begins: behind the value before, unless the two are listed together."""
    first = max(item.first - 7, 0)
    for at in range(item.first - 1, first - 1, -1):
        if sentence.symbols[at] in (*_VALUED, "V"):
            joint = {token.form for token in sentence.tokens[at + 1 : item.first]}
            return first if joint <= {"or", "and", ",", "nor"} else at + 1
    return first


def between(sentence: Sentence, first: Item, second: Item) -> bool:
    """ "between 5 and 10", "from 5 to 10"."""
    lead = sentence.tokens[first.first - 1].form if first.first else ""
    joint = [token.form for token in sentence.tokens[first.last : second.first]]
    numbers = all(sentence.tokens[one.first].kind is TokenKind.NUMBER for one in (first, second))
    if numbers and joint in (["to"], ["-"], ["\u2013"]) and lead != "up":
        return True
    return (lead == "between" and joint == ["and"]) or (lead in ("from", "between", "range") and joint == ["to"])


def either(sentence: Sentence, first: Item, second: Item) -> bool:
    """Whether "or" stands between two items, and not in "2001 or before", "smaller than or equal to"."""
    start = first.last + 2 if _open_end(sentence, first) else first.last
    between = [token.form for token in sentence.tokens[start : second.first]]
    return any(word == "or" and between[at + 1 : at + 2] != ["equal"] for at, word in enumerate(between))
