"""Which end of an order a superlative names, where the words leave no choice: "the oldest", "the lowest price"."""

from __future__ import annotations

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.reader.assembly.frame import Frame
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.items import ADJECTIVE_FORMS
from services.ml_gateway.engine.reader.labelling.roles import ORDER
from services.ml_gateway.engine.tokens import name_words

_AGED = {"old": True, "young": False}  # whether much of it is a great age
_LARGE = frozenset("long large big tall heavy thick rich fast expensive costly recent new".split())
_SMALL = frozenset("short small light thin slow early cheap".split())
_PASSED = frozenset(("the", "of", "all", "that", "count", "average", "sum"))


def descending(frame: Frame, part: Part) -> bool | None:
    """Whether the greatest come first; None where the words don't say."""
    return _measured(frame, part) if part.item.measured else _said_before(frame, part)


def greatest_first(form: str, key: ColumnKey | None, index: Index) -> bool | None:
    """Whether an adjective ("oldest", "cheaper") names the greatest values of a column; None where it doesn't say."""
    word = ADJECTIVE_FORMS.get(form, "")
    if word in _AGED:
        return None if key is None else _AGED[word] is not _is_moment(key, index)
    return True if word in _LARGE else False if word in _SMALL else None


def _measured(frame: Frame, part: Part) -> bool | None:
    tokens, at = frame.sentence.tokens, part.item.first
    assert part.choice
    target = part.choice.target
    key = ColumnKey(target.table, target.column) if target.kind is TargetKind.COLUMN else None
    found = greatest_first(tokens[at].form, key, frame.index)
    turned = at > 0 and tokens[at - 1].form in ("least", "less")
    return not found if turned and found is not None else found


def _is_moment(key: ColumnKey, index: Index) -> bool:
    """The later the date or the year, the younger; the greater the age, the older."""
    return index.catalog.columns[key].data_type.temporal or "age" not in name_words(key.name)


def _said_before(frame: Frame, part: Part) -> bool | None:
    """ "Most" or "least" right before the name; "at least" compares."""
    at = part.item.first - 1
    while at >= 0 and frame.kinds[at] in _PASSED:
        at -= 1
    if at < 0 or frame.kinds[at] not in ("most", "least"):
        return None
    if at and frame.sentence.tokens[at - 1].form == "at":
        return None
    return frame.kinds[at] == "most"


def singles_out(frame: Frame, part: Part) -> bool:
    """ "The youngest captain" is one, however he is ordered by; "the oldest first", "from oldest to newest" sort."""
    tokens, last = frame.sentence.tokens, part.item.last
    if not part.item.measured or not tokens[part.item.first].form.endswith("est") or "order" in frame.kinds:
        return False
    behind = [token.form for token in tokens[last : last + 1]]
    before = [token.form for token in tokens[max(part.item.first - 1, 0) : part.item.first]]
    named = next((item for item in frame.sentence.items if item.first == last), None)
    return before == ["the"] and behind not in (["first"], ["to"]) and named is not None and not named.plural


def without_doubles(frame: Frame, parts: list[Part]) -> list[Part]:
    """ "The smallest budget" measures the budget, whatever else might be small."""
    named = {
        p.item.first
        for p in frame.parts
        if p.choice and p.choice.target.kind is TargetKind.COLUMN and p.label in ORDER and not p.item.measured
    }
    return [p for p in parts if not (p.item.measured and p.item.last in named)]
