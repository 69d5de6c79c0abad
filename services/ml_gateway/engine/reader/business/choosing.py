"""Which of an item's meanings fits a part in the question: of its kind, sure, and near what is asked about."""

from __future__ import annotations

from collections.abc import Callable

from services.ml_gateway.engine.index import Index, Target, TargetKind
from services.ml_gateway.engine.model import Column, ColumnKey, DataType
from services.ml_gateway.engine.reader.labelling.sentence import Choice, Item, Sentence
from services.ml_gateway.engine.tables import is_additive
from services.ml_gateway.engine.tokens import name_words

_FAR, _BELOW, _UNREACHED = 0.04, 0.25, 0.6
_NEARLY = 0.3


def additive(choice: Choice, index: Index) -> bool:
    """Whether a column's sum means something; a column whose name doesn't say is added up."""
    return is_additive(index.catalog.columns[ColumnKey(choice.target.table, choice.target.column)]) is not False


class Chooser:
    def __init__(self, sentence: Sentence, index: Index) -> None:
        self._sentence, self._index = sentence, index

    def metric(self, item: Item) -> Choice | None:
        return next((one for one in item.choices if one.target.kind is TargetKind.METRIC and one.score >= 0.6), None)

    def table(self, item: Item, base: Choice | None) -> Choice | None:
        return self._best(item, base, lambda one: one.target.kind is TargetKind.TABLE and one.score >= 0.65)

    def event(self, item: Item) -> Choice | None:
        """The table of what somebody does: "ordered" for orders."""
        kinds = (one for one in item.choices if one.target.kind is TargetKind.TABLE)
        return next((one for one in kinds if one.how == "word form" and one.score >= 0.8), None)

    def column(self, item: Item, base: Choice | None) -> Choice | None:
        return self._best(item, base, lambda one: one.target.kind is TargetKind.COLUMN and one.score >= 0.45)

    def date(self, item: Item, base: Choice | None) -> Choice | None:
        return self._best(
            item, base, lambda one: self._is_column(one) and self._type(one).temporal and one.score >= 0.6
        )

    def value(self, item: Item, base: Choice | None) -> Choice | None:
        return self._best(item, base, lambda one: one.target.kind in (TargetKind.VALUE, TargetKind.FLAG))

    def summed(self, item: Item) -> Choice | None:
        """A number of the item that may be added up: "how much did members pay"."""
        found = [one for one in item.choices if self.numeric(one) and one.score >= 0.6]
        return next((one for one in found if is_additive(self._column(one))), None)

    def amount(self, base: Choice | None) -> Choice | None:
        """The amount that is said of rows by a bare "over 500 euros": the total, or the only one there is."""
        if base is None or not base.target.table.name:
            return None
        table = self._index.catalog.by_key[base.target.table]
        keys = self._index.tables[table.key].keys
        found = [c for c in table.columns if c.data_type.numeric and c.name not in keys and is_additive(c)]
        totals = [one for one in found if "total" in name_words(one.name)]
        kept = totals if len(totals) == 1 else found
        if len(kept) != 1:
            return None
        return Choice(Target(TargetKind.COLUMN, table.key, kept[0].name), 0.5, "vocabulary", 0, 1)

    def named(self, item: Item) -> Choice | None:
        """A table or column that the words name to the letter."""
        kinds = (TargetKind.TABLE, TargetKind.COLUMN)
        return next((one for one in item.choices if one.score >= 0.9 and one.target.kind in kinds), None)

    def dimension(self, item: Item, base: Choice | None) -> Choice | None:
        def fits(one: Choice) -> bool:
            if one.target.kind is TargetKind.TABLE:
                return True
            return self._is_column(one) and not self._is_key(one)

        return self._best(item, base, fits) or self._best(item, base, lambda one: self._is_column(one))

    def numeric(self, choice: Choice) -> bool:
        return self._is_column(choice) and self._type(choice).numeric and not self._is_key(choice)

    def boolean(self, choice: Choice) -> bool:
        return self._is_column(choice) and self._type(choice) is DataType.BOOLEAN

    def _is_column(self, choice: Choice) -> bool:
        return choice.target.kind is TargetKind.COLUMN

    def _column(self, choice: Choice) -> Column:
        return self._index.catalog.columns[ColumnKey(choice.target.table, choice.target.column)]

    def _is_key(self, choice: Choice) -> bool:
        return choice.target.column in self._index.tables[choice.target.table].keys

    def _type(self, choice: Choice) -> DataType:
        return self._column(choice).data_type

    def _best(self, item: Item, base: Choice | None, fits: Callable[[Choice], bool]) -> Choice | None:
        found = [one for one in item.choices if not one.target.literal and fits(one)]
        kept = [one for one in found if one.score >= found[0].score - _NEARLY]
        return max(kept, key=lambda one: one.score - self._distance(one, base), default=None)

    def _distance(self, choice: Choice, base: Choice | None) -> float:
        if base is None or not base.target.table.name or choice.target.table == base.target.table:
            return 0.0
        paths = self._index.graph.nearest(base.target.table, choice.target.table, choice.target.relationship)
        if not paths:
            return _UNREACHED
        return _FAR * len(paths[0].place.path) + (_BELOW if paths[0].place.fans_out else 0.0)
