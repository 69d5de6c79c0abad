"""Items of a question, left to right, into an intent: each cue waits for the name that it is about."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from services.ml_gateway.engine.cues import Cue, CueKind
from services.ml_gateway.engine.index import Index, Target, TargetKind
from services.ml_gateway.engine.intent import Intent, WantedDimension, WantedFilter, WantedMeasure
from services.ml_gateway.engine.linking import GUESSED, Link, is_value
from services.ml_gateway.engine.model import Column, DataType, Format
from services.ml_gateway.engine.reading import Aggregate, Operator
from services.ml_gateway.engine.sentence import OWNERSHIP, Item, Sentence
from services.ml_gateway.engine.tables import is_additive
from services.ml_gateway.engine.timeranges import TimeMention
from services.ml_gateway.engine.tokens import Token, TokenKind, name_words
from services.ml_gateway.engine.vocabulary import DATE_VERBS

_JOINTS = frozenset({"and", ",", "by", "the", "each", "or", "their", "its", "&", "per", "also"})
_IS = frozenset(
    {"is", "are", "was", "were", "of", "=", "equals", "equal", "to", "in", "the", "called", "named", "number"}
)
VERBS = frozenset(word for verbs, _ in DATE_VERBS for word in verbs)
_DEFAULT_TOP = 10
_CLAUSES = frozenset({"have", "has", "having", "that", "who", "which", "with", "whose", "not", "from", "on"})
_ARTICLES = frozenset({"a", "an", "any", "the", "been", "yet", "their", "have", "has", "ever", "be", "being"})
_AND_OR = frozenset({"and", "or", "nor", ","})
_LACKING = frozenset({"no", "without"})
_COORDINATION = frozenset({"and", ",", "the", "their", "its", "related", "respective", "corresponding", "all"})
_KINDS = frozenset({"title", "name", "type", "code"})
_SUFFIXES = frozenset({"year", "date", "time", "amount", "value", "number"})
_EVERYTHING = frozenset({"information", "info", "detail", "data", "everything", "record"})
_OPPOSITES = {
    Operator.GREATER: Operator.AT_MOST,
    Operator.AT_LEAST: Operator.LESS,
    Operator.LESS: Operator.AT_LEAST,
    Operator.AT_MOST: Operator.GREATER,
    Operator.EQUAL: Operator.NOT_EQUAL,
}


def assemble(tokens: Sequence[Token], items: Sequence[Item], index: Index) -> Intent:
    """The intent of one choice of links. Tokens that found no place are those not in `used`."""
    assembler = _Assembler(tokens, items, index)
    return assembler.run()


def _range(one: WantedFilter, other: WantedFilter) -> bool:
    """Whether two conditions on a column are the ends of a range; values of text may be several roles."""
    if not all(isinstance(value, float) for value in (*one.values, *other.values)):
        return True
    low, high = (one, other) if one.operator in (Operator.GREATER, Operator.AT_LEAST) else (other, one)
    lower = low.operator in (Operator.GREATER, Operator.AT_LEAST)
    upper = high.operator in (Operator.LESS, Operator.AT_MOST)
    return lower and upper and float(low.values[0]) <= float(high.values[0])


class _Assembler:
    def __init__(self, tokens: Sequence[Token], items: Sequence[Item], index: Index):
        self.tokens, self.index = tokens, index
        self.said = Sentence(tokens, {item.first: item for item in items}, index)
        self.items = self.said.items
        self.intent = Intent()
        self.aggregates: list[Aggregate] = []
        self.reusable: list[Aggregate] = []  # "average age and salary": the second column takes the first's aggregate
        self.counting = self.by = self.negated = self.which = self.ordering = self.using = False
        self.but = self.totalling = self.directed = self.loosely_ordered = self.common = False
        self.negated_at = self.counts = 0
        self.either: int | None = None  # an "or" that no two values have settled yet
        self.context: set[Link] = set()  # names that only say which column a value is of
        self.counted_amounts: list[Link] = []
        self.doubtful: list[Link] = []
        self.stated: list[Link] = []  # "which products are discontinued", of a column that says no yes or no
        self.superlative: Cue | None = None
        self.top: Cue | None = None
        self.comparing: Cue | None = None
        self.grouping: int | None = None  # where a "by" was said that must come to something
        self.number: int | None = None  # the token of a bare number that may be a limit
        self.previous: Link | None = None

    def run(self) -> Intent:
        position = 0
        while position < len(self.tokens):
            item = self.items.get(position)
            if item is None:
                self._bare(position)
                position += 1
                continue
            if isinstance(item, Cue):
                self._CUES[item.kind](self, item)
            elif isinstance(item, TimeMention):
                self._time(item)
            else:
                self._link(item)
            self.intent.used.update(range(item.first, item.last))
            position = item.last
        self._finish()
        return self.intent

    # Words by themselves

    def _bare(self, position: int) -> None:
        token = self.tokens[position]
        if token.kind is TokenKind.PUNCTUATION:
            self.intent.used.add(position)
        elif token.form == "but":
            self.but = True
        elif token.number is not None:
            self._bare_number(position, token.number)
        elif token.kind is TokenKind.QUOTED:
            following = self.said.link_at(position + 1)
            named = following if self.said.column(following) else self.previous  # on the "Finance" committee
            if named and self.said.column(named):
                self._equals(named, token.text)
                self.intent.used.add(position)
                self.context.update([named] if named == following else [])
        elif token.lemma in _EVERYTHING and not self.intent.measures:
            self.intent.everything = True
            self.intent.used.add(position)
        elif token.form == "or":
            self._both_settled()
            self.either = position
            self.intent.used.add(position)
        elif token.form in ("where", "when") and not self.intent.used:
            self.intent.asks_place_or_time = True
        elif token.lemma in VERBS or token.form in VERBS:
            self.intent.verbs.append(position)

    def _both_settled(self) -> None:
        if self.either is not None:
            self.intent.unsupported = "conditions of which either may hold"

    def _bare_number(self, position: int, number: float) -> None:
        column = self.said.column(self.previous)
        if self.said.link_at(position + 1) and self.previous and position - self.previous.last > 0:
            self.number = position  # "price ranges of five star hotels"
        elif (
            self.previous and column and column.data_type.numeric and self.said.only(_IS, self.previous.last, position)
        ):
            self._equals(self.previous, number)
            self.intent.used.add(position)
        else:
            self.number = position

    def _equals(self, link: Link, value: str | float) -> None:
        self._unproject(link)
        operator = Operator.NOT_EQUAL if self.negated else Operator.EQUAL
        self.negated = False
        self._filter(WantedFilter(link.target, operator, (value,), link))

    def _filter(self, wanted: WantedFilter) -> None:
        self._both_settled()
        for known in self.intent.filters:
            if known.target == wanted.target and not _range(known, wanted):
                self.intent.unsupported = "several conditions on one column"
        self.intent.filters.append(wanted)

    # Cues

    def _aggregate(self, cue: Cue) -> None:
        self.by = self.which = False
        assert cue.aggregate
        before = {token.form for token in self.tokens[max(cue.first - 2, 0) : cue.first]}
        extreme = cue.aggregate in (Aggregate.MIN, Aggregate.MAX)
        if extreme and before & {"with", "has", "have", "whose"} and (self.previous or self.intent.subject):
            self._superlative(replace(cue, descending=cue.aggregate is Aggregate.MAX))
            return
        self.aggregates.append(cue.aggregate)

    def _count(self, cue: Cue) -> None:
        if self.previous and self.previous.last == cue.first and self.said.numeric(self.previous):
            return  # "access count"
        self.counts += 1
        self.counting, self.which = True, False
        self.by = self.by and self.top is not None
        self.totalling = Aggregate.SUM in self.aggregates or self.tokens[cue.first].form == "total"
        self.aggregates = [a for a in self.aggregates if a is not Aggregate.SUM]

    def _by(self, cue: Cue) -> None:
        if self.said.agent(cue):
            return
        if self.loosely_ordered:
            self.loosely_ordered, self.ordering = False, True
            return
        following = self.said.link_at(cue.last)
        across = self.tokens[cue.first].form == "across" and (self.aggregates or self.intent.measures)
        if across and following and following.target.kind is TargetKind.TABLE:
            return  # "the average age across members" is one number
        self.by = True
        if not cue.exactly and not self.said.passive(cue) and not (following and is_value(following)):
            self.grouping = cue.last
        self.intent.weakly_grouped = cue.exactly == "each" and not self.intent.dimensions

    def _top(self, cue: Cue) -> None:
        self.top, self.which = cue, False
        self.intent.rank_adjective, self.intent.rank_at = cue.words, cue.first
        self.intent.descending = cue.descending
        self.intent.limit = int(cue.numbers[0]) if cue.numbers else _DEFAULT_TOP

    def _superlative(self, cue: Cue) -> None:
        following = self.said.link_at(cue.last)
        beside = self.aggregates and (cue.exactly == "count" or (following and self.said.numeric(following)))
        if beside:  # "average and minimum number of floors", "average and highest price"
            self.aggregates.append(Aggregate.MAX if cue.descending else Aggregate.MIN)
            return
        if self.superlative and not self.superlative.words and not cue.words and not self.counting:
            between = {token.form for token in self.tokens[self.superlative.last : cue.first]}
            if between <= {"and", "the", ","}:  # "the lowest and highest price"
                self.aggregates = [
                    Aggregate.MAX if one.descending else Aggregate.MIN for one in (self.superlative, cue)
                ]
                self.superlative, self.intent.superlative, self.intent.descending = None, False, None
                return
        self.superlative, self.intent.superlative = cue, True
        self.common = self.common or cue.exactly == "common"
        self.by = self.by and bool(cue.words)
        self.intent.descending = cue.descending
        if cue.words:
            self.intent.rank_adjective, self.intent.rank_at = cue.words, cue.first
        if cue.exactly == "count":
            self.counting = True

    def _compare(self, cue: Cue) -> None:
        if any("%" in token.text for token in self.tokens[cue.first : cue.last]):
            self.intent.unsupported = "a condition on a percentage"  # 10 % may be kept as 10 or as 0.1
        self._both_settled()
        if self.negated and cue.operator in _OPPOSITES and self.negated_at == cue.first:
            cue, self.negated = replace(cue, operator=_OPPOSITES[cue.operator]), False
        following = self.said.link_at(cue.last)
        if (following and following.target.kind in (TargetKind.TABLE, TargetKind.METRIC)) or (
            following and (column := self.said.column(following)) and column.data_type.numeric
        ):
            self.comparing = cue
        elif cue.words:
            self.intent.compared_adjective = (cue.words, cue.operator or Operator.EQUAL, cue.numbers)
        elif self.previous and self._compared(self.previous, cue):
            pass
        else:
            self.intent.unsupported = "this comparison"

    def _compared(self, link: Link, cue: Cue) -> bool:
        assert cue.operator
        if link == self.intent.ranked_by:  # "whose maximum is over 5"
            return False
        for position, measure in enumerate(self.intent.measures):
            if measure.link == link and measure.aggregate is Aggregate.COUNT and self.counts:
                self.intent.compared_adjective = (("age",), cue.operator, cue.numbers)  # "how many people are under 40"
                return True
            if measure.link == link:
                self.intent.having.append((position, cue.operator, cue.numbers))
                return True
        column = self.said.column(link)
        if column is None or not column.data_type.numeric:
            return False
        self._unproject(link)
        self._filter(WantedFilter(link.target, cue.operator, cue.numbers, link))
        return True

    def _order(self, cue: Cue) -> None:
        if cue.exactly == "loose":  # "sort them by price", but not "sort the list of names"
            following = [token.form for token in self.tokens[cue.last : cue.last + 5]]
            self.loosely_ordered, self.intent.listing = "by" in following, True
            return
        self.ordering, self.by = True, False
        if cue.exactly == "directed":
            self.intent.order_descending = self.intent.descending = cue.descending

    def _direction(self, cue: Cue) -> None:
        self.directed = True
        self.intent.order_descending = cue.descending
        self.intent.descending = cue.descending

    def _negation(self, cue: Cue) -> None:
        direct = cue.first > 0 and self.tokens[cue.first - 1].form == "but"  # "but no bath", not "but he did not"
        if (self.but and not direct) or self.negated:
            self.intent.unsupported = "several conditions of which one excludes"
        self.negated, self.negated_at = True, cue.last

    def _list(self, cue: Cue) -> None:
        self.intent.listing = True

    def _which(self, cue: Cue) -> None:
        self.which = self.previous is None  # later it is "customers who", which asks nothing
        if not self.which:
            self.intent.listing = True
        following = self.said.link_at(cue.last)
        if self.which and following and self.said.column(following):
            self.intent.asks_values = True

    def _distinct(self, cue: Cue) -> None:
        self.intent.distinct = True

    def _using(self, cue: Cue) -> None:
        self.using = True

    def _time(self, mention: TimeMention) -> None:
        self.by = False
        if mention.grain:
            self.intent.grain = mention.grain
            self.by = True  # "by month and country"
            self.previous = None
        if mention.span:
            self._both_settled()
            if self.intent.span:
                self.intent.unsupported = "more than one period"
            self.intent.span, self.intent.span_at = mention.span, (mention.first, mention.last)

    _CUES: Mapping[CueKind, Callable[["_Assembler", Cue], None]] = {
        CueKind.AGGREGATE: _aggregate, CueKind.COUNT: _count, CueKind.BY: _by, CueKind.TOP: _top,
        CueKind.SUPERLATIVE: _superlative, CueKind.COMPARE: _compare, CueKind.ORDER: _order,
        CueKind.DIRECTION: _direction, CueKind.NEGATION: _negation, CueKind.LIST: _list, CueKind.WHICH: _which,
        CueKind.DISTINCT: _distinct, CueKind.USING: _using,
    }  # fmt: skip

    # Links

    def _link(self, link: Link) -> None:
        if link.target.kind is TargetKind.TABLE:
            self.intent.named.update(range(link.first, link.last))
        if self.by and self.previous and not self.said.only(_JOINTS, self.previous.last, link.first):
            self.by = self.said.has_by(self.previous.last, link.first)
        if self.number is not None and self.number < link.first:
            self._limit(link)
        kind = link.target.kind
        if link in self.context:
            pass
        elif kind is TargetKind.METRIC:
            self._metric(link)
        elif kind is TargetKind.TABLE:
            self._table(link)
        elif kind is TargetKind.COLUMN:
            self._column_link(link)
        else:
            self._value(link)
        self.previous = link

    def _limit(self, link: Link) -> None:
        """A bare number before a name, as in "which 3 categories": a limit, if something ranks."""
        assert self.number is not None
        number = self.tokens[self.number].number or 0
        if link.first == self.number + 1 and number == int(number) and 0 < number <= 10000:
            self.intent.limit = int(number)
            self.intent.used.add(self.number)
        self.number = None

    def _measure(self, link: Link, aggregate: Aggregate | None) -> None:
        if any(m.target == link.target and m.aggregate == aggregate for m in self.intent.measures):
            return
        self.intent.measures.append(WantedMeasure(link.target, aggregate, link))
        self.intent.first_measure = min(self.intent.first_measure, link.first)
        if self.comparing and self.comparing.operator:
            having = (len(self.intent.measures) - 1, self.comparing.operator, self.comparing.numbers)
            self.intent.having.append(having)
            self.comparing = None
        if self.superlative or self.ordering or (self.by and self.top):
            self.intent.ranked_by = link
            self.superlative, self.by = None, False
            self.ordering = False
        self.counting = False
        self.which = False

    def _metric(self, link: Link) -> None:
        if any(a is not Aggregate.SUM for a in self.aggregates):
            self.intent.unsupported = "an average, minimum or maximum of a metric over groups"
        self.aggregates = []
        if self.counting and self.index.metrics[link.target.metric].format is not Format.INTEGER:
            self.intent.penalty += 0.2  # "how many revenue"
        self._measure(link, Aggregate.METRIC)

    def _table(self, link: Link) -> None:
        following = self.said.link_at(link.last)
        if self.using:
            self.intent.penalty += 0.3
        if self._modifies(link, following):
            return
        if self.comparing or self.counting:
            self._measure(link, Aggregate.COUNT)
        elif self.negated:
            self.intent.existences.append((link, True))
            self.negated = False
        elif self.aggregates and following and self.said.numeric(following):
            self.intent.mentioned.append(link)  # "average order value": the aggregate waits for the column
        elif self.aggregates == [Aggregate.SUM]:
            self.aggregates = []
            self._total(link)
        elif self.aggregates:
            self.aggregates = []
            self.intent.unsupported = "an average of rows"
        elif self.superlative and self.superlative.exactly == "common" and not self.intent.subject:
            self.superlative = None
            self.intent.dimensions.append(WantedDimension(link.target, link))
        elif self._most(following):
            self._measure(link, Aggregate.COUNT)
        elif self.top and not self.intent.dimensions and not self.by and self.intent.subject is None:
            self._subject(link)
        elif self.by and self.top and self.intent.subject and self._rows_of(link, self.intent.subject):
            self._measure(link, Aggregate.COUNT)  # "top 3 doctors by visits"
        elif self.by:
            self.intent.dimensions.append(WantedDimension(link.target, link))
        elif (self.which or self.superlative) and self.intent.subject is None:
            self._subject(link)
        elif self.previous in self.intent.projections and self._coordinated(link):
            self.intent.projections.append(link)  # "the names and the players of clubs"
        else:
            self.intent.mentioned.append(link)

    def _total(self, link: Link) -> None:
        """ "Total orders" are how many there are; "the total of orders" is what they amount to."""
        before = [token.form for token in self.tokens[max(link.first - 3, 0) : link.first]]
        table = self.index.catalog.by_key[link.target.table]
        keys = self.index.tables[table.key].keys
        added = [c for c in table.columns if c.data_type.numeric and c.name not in keys and is_additive(c)]
        totals = [column for column in added if "total" in name_words(column.name)]
        if "of" not in before or not added:
            self._measure(link, Aggregate.COUNT)
        elif len(totals or added) == 1:
            target = Target(TargetKind.COLUMN, table.key, (totals or added)[0].name)
            self._measure(Link(target, link.first, link.last, link.score, link.how), Aggregate.SUM)
        else:
            self.intent.unsupported = "a total of rows with several numbers"

    def _rows_of(self, link: Link, subject: Link) -> bool:
        """Whether each row of the named table is of one of the subject's: visits of a doctor, customers of a city."""
        paths = self.index.graph.nearest(link.target.table, subject.target.table)
        same = link.target.table == subject.target.table and subject.target.kind is TargetKind.TABLE
        back = self.index.graph.nearest(subject.target.table, link.target.table)
        many = bool(back) and back[0].place.fans_out  # products have many orders, by way of their lines
        return bool(paths) and (many or not paths[0].place.fans_out) and not same

    def _owns(self) -> bool:
        """Whether the last name says whose the one before it is: "names of members"."""
        assert self.previous
        before = self.tokens[max(self.previous.first - 3, 0) : self.previous.first]
        return bool({token.form for token in before} & {"of", "for", "from", "in", "by", "with", "to"})

    def _most(self, following: Link | None) -> bool:
        """ "The most orders" counts them; "the highest tower" measures it by something unsaid."""
        cue = self.superlative
        if not cue or cue.words or (following and self.said.numeric(following)):
            return False
        return cue.exactly == "count" or self.tokens[cue.first].form in ("most", "fewest", "least")

    def _coordinated(self, link: Link) -> bool:
        assert self.previous
        between = {token.form for token in self.tokens[self.previous.last : link.first]}
        return bool(between & {"and", ","}) and between <= _COORDINATION

    def _modifies(self, link: Link, following: Link | None) -> bool:
        """ "Product category": the first only says whose, where its rows point to those of the second."""
        if not following:
            return False
        if following.target.kind is TargetKind.COLUMN:
            column = self.said.column(following)
            same = following.target.table == link.target.table and self.said.singular(link)
            return same and self.counting and column is not None and column.data_type is DataType.TEXT
        if following.target.kind is not TargetKind.TABLE:
            return False
        pair = {link.target.table, following.target.table}
        related = self.index.catalog.relationships
        if any((r.table, r.target) == (link.target.table, following.target.table) for r in related):
            return True
        return len(pair) == 2 and self.said.singular(link) and any({r.table, r.target} == pair for r in related)

    def _subject(self, link: Link) -> None:
        self.intent.subject = link
        self.which = False
        if self.top and not self.top.numbers and self.tokens[link.last - 1].form == self.tokens[link.last - 1].lemma:
            self.intent.limit = 1  # "the top product"
        if self.superlative and self.superlative.words:
            self.superlative = None

    def _column_link(self, link: Link) -> None:
        column = self.said.column(link)
        assert column
        following = self.said.link_at(link.last)
        if following and self.said.column(following) and following.last - following.first == 1:
            said = self.tokens[following.first].lemma
            if (said in _SUFFIXES and following.how != "role") or (said in _KINDS and following.how != "name"):
                self.context.add(following)  # "the founded year", "job title"
        if self._quality(link, column):
            self._value(replace(link, target=replace(link.target, kind=TargetKind.FLAG)))
            return
        if self.negated and column.nullable and link.how not in GUESSED and self._absent(link, column):
            self.negated = False  # "with no phone", "not delivered"
            self._filter(WantedFilter(link.target, Operator.IS_NULL, (), link))
            return
        key = link.target.column in self.index.tables[link.target.table].keys
        numeric = column.data_type.numeric and not key
        if self.said.generic(link):
            return
        if numeric and self.counting and not self.intent.distinct:
            self.counting = False  # "the number of votes" where votes is a number: that number
            if self.totalling:
                self.aggregates.append(Aggregate.SUM)
            else:
                self.counted_amounts.append(link)
        if self.using and not column.data_type.temporal:
            self.using = False
            self.intent.unsupported = "what should be done by that column"
        elif self.using:
            self.intent.time_column, self.using = link, False
        elif self.counting and self._happened(link, column):
            rows = Target(TargetKind.TABLE, link.target.table, relationship=link.target.relationship)
            self._measure(Link(rows, link.first, link.last, link.score, link.how), Aggregate.COUNT)
            self.intent.time_column = self.intent.time_column or link
        elif self.counting:
            self._counted(link, column, key)
        elif self.aggregates or (self.reusable and self._joined(link) and numeric):
            self.reusable, self.aggregates = self.aggregates or self.reusable, []
            for aggregate in self.reusable:
                self._measure(link, aggregate)
        elif self.comparing and numeric:
            cue, self.comparing = self.comparing, None
            self._compared(link, cue)
        elif self.superlative and self.superlative.exactly == "common":
            self.superlative = None
            self.intent.dimensions.append(WantedDimension(link.target, link))
            self.intent.penalty += 0.02
        elif self.ordering:
            if self.intent.order_link:
                self.intent.projections.append(self.intent.order_link)
            self.intent.order_link, self.ordering = link, False
        elif (self.superlative or (self.top and self.by)) and (numeric or column.data_type.temporal):
            self.intent.ranked_by = link
            self.superlative, self.by = None, False
        elif self.by:
            self.intent.dimensions.append(WantedDimension(link.target, link))
        elif self._owner(link, column):
            pass
        elif (self.which or self.top) and self.intent.subject is None and not numeric:
            self._subject(link)
        else:
            if self.previous and (self.intent.projections or self.intent.subject):
                between = {token.form for token in self.tokens[self.previous.last : link.first]}
                if between & _CLAUSES:
                    self.doubtful.append(link)  # "rooms that have a bed" shows no bed
            if self.previous in self.intent.mentioned and not self._owns() and self._coordinated(link):
                self.intent.mentioned.remove(self.previous)
                self.intent.projections.append(self.previous)  # "the players and their ages"
            if self._states(link, column, key):
                self.stated.append(link)
            self.intent.projections.append(link)

    def _quality(self, link: Link, column: Column) -> bool:
        """ "Vip patients", "patients who are vip": a yes or no that stands as a quality is a condition."""
        if column.data_type is not DataType.BOOLEAN or self.by:
            return False
        following = self.said.link_at(link.last)
        of_it = following and following.target.kind is TargetKind.TABLE
        state = link.first and self.tokens[link.first - 1].form in {"is", "are", "was", "were", "being"}
        return bool(of_it or (state and self.previous))

    def _happened(self, link: Link, column: Column) -> bool:
        """ "How many tickets opened": tickets, by when they were opened, and not the dates."""
        last = self.tokens[link.last - 1].form
        several = link.last - link.first > 1 and not self.intent.distinct
        return several and column.data_type.temporal and (last in VERBS or last.endswith("ed"))

    def _states(self, link: Link, column: Column, key: bool) -> bool:
        before = self.tokens[link.first - 1].form if link.first else ""
        of_rows = self.previous is not None and self.previous.target.kind is TargetKind.TABLE
        return of_rows and before in {"is", "are", "was", "were"} and not column.data_type.temporal and not key

    def _absent(self, link: Link, column: Column) -> bool:
        """ "With no phone", "not delivered yet": a column that is to be empty, and is not held against a value."""
        if link.target.column in self.index.tables[link.target.table].labels:
            return False  # that the thing itself is missing is another matter
        said = self.tokens[self.negated_at - 1].form
        if said not in _LACKING and not column.data_type.temporal:
            return False
        if not self.said.only(_ARTICLES, self.negated_at, link.first):
            return False
        later = [item for position, item in self.items.items() if position >= link.last and isinstance(item, Link)]
        values = any(item.target.kind is TargetKind.VALUE or self.said.column(item) for item in later if item != link)
        others = any(t.number is not None or t.kind is TokenKind.QUOTED for t in self.tokens[link.last :])
        grouped = any(isinstance(item, Cue) and item.kind is CueKind.BY for item in self.items.values())
        return not others and (grouped or not values)

    def _owner(self, link: Link, column: Column) -> bool:
        """ "Positions of players", where the player is a column too: whose it is, and not a second thing to show."""
        previous = self.said.column(self.previous)
        grouped = [dimension.link for dimension in self.intent.dimensions]
        if previous is None or self.previous is None or self.previous not in [*self.intent.projections, *grouped]:
            return False
        between = {token.form for token in self.tokens[self.previous.last : link.first]}
        same = self.previous.target.table == link.target.table
        return same and column.data_type is DataType.TEXT and "of" in between and between <= OWNERSHIP

    def _joined(self, link: Link) -> bool:
        return self.previous is not None and self.said.only(_JOINTS, self.previous.last, link.first)

    def _counted(self, link: Link, column: Column, key: bool) -> None:
        unique = link.target.column in self.index.tables[link.target.table].unique
        if unique:
            rows = Target(TargetKind.TABLE, link.target.table, relationship=link.target.relationship)
            self._measure(Link(rows, link.first, link.last, link.score, link.how), Aggregate.COUNT)
        else:
            self._measure(link, Aggregate.COUNT_DISTINCT)

    def _value(self, link: Link) -> None:
        flag = link.target.kind is TargetKind.FLAG
        value: str | bool = True if flag else link.target.value
        if link.last - link.first == 1 and self.tokens[link.first].form in VERBS and not self.negated:
            self.intent.told_by_value.append(link.first)
        if flag and self.negated:
            value, self.negated = False, False
        operator = Operator.NOT_EQUAL if self.negated or self._still_negated(link) else Operator.EQUAL
        self.negated = False
        column = Target(TargetKind.COLUMN, link.target.table, link.target.column, relationship=link.target.relationship)
        for named in (self.previous, self.said.link_at(link.last)):
            if not named or named.target.table != column.table or named.target.column not in ("", column.column):
                continue
            if named.target.relationship is not None:  # "destination Oslo"
                column = replace(column, relationship=named.target.relationship)
                self.intent.mentioned = [known for known in self.intent.mentioned if known != named]
            if named.target.column:
                if all(dimension.link != named for dimension in self.intent.dimensions):
                    self._unproject(named)  # "by country except Germany" is still by country
                self.context.add(named)
        following = self.said.link_at(link.last)
        if following and self.said.column(following) and following.target.table == column.table:
            said = {token.lemma for token in self.tokens[following.first : following.last]}
            if said <= set(name_words(column.column)):  # "king beds" of the column bed_type
                self.context.add(following)
        for position, known in enumerate(self.intent.filters):
            apart = self._preposition(known.link) != self._preposition(link)  # "from Berlin to Madrid"
            if known.target == column and known.operator == operator and not flag and not apart:
                joined = {token.form for token in self.tokens[known.link.last : link.first]}
                both = known.all_of or "and" in joined
                self.intent.filters[position] = WantedFilter(column, operator, (*known.values, value), link, both)
                if self.either is not None and self.either > known.link.first:
                    self.either = None
                return
        self._filter(WantedFilter(column, operator, (value,), link))
        following = self.said.link_at(link.last)
        following = None if following in self.context else following
        if self.counting and not (following and following.target.kind in (TargetKind.TABLE, TargetKind.COLUMN)):
            rows = Target(TargetKind.TABLE, link.target.table)
            self._measure(Link(rows, link.first, link.last, link.score, link.how), Aggregate.COUNT)
            self.intent.penalty += 0.05

    def _still_negated(self, link: Link) -> bool:
        """ "Except Germany and France" leaves out both."""
        if not self.intent.filters or link.target.kind is not TargetKind.VALUE:
            return False
        known = self.intent.filters[-1]
        same = (known.target.table, known.target.column) == (link.target.table, link.target.column)
        between = {token.form for token in self.tokens[known.link.last : link.first]}
        return same and known.operator is Operator.NOT_EQUAL and bool(between) and between <= _AND_OR

    def _preposition(self, link: Link) -> str:
        before = self.tokens[link.first - 1].form if link.first else ""
        return "to" if before == "to" else ""

    def _unproject(self, link: Link) -> None:
        self.intent.projections = [known for known in self.intent.projections if known != link]
        self.intent.dimensions = [known for known in self.intent.dimensions if known.link != link]
        if self.intent.subject == link:
            self.intent.subject = None

    def _most_common(self) -> None:
        """ "Which country is most common": the one thing named so far."""
        intent = self.intent
        shown = [link for link in (intent.subject, *intent.projections) if link and self.said.column(link)]
        if intent.dimensions or intent.measures:
            return
        if len(shown) != 1:
            intent.unsupported = "the most common of what is not named"
            return
        intent.subject, intent.projections = None, []
        intent.dimensions.append(WantedDimension(shown[0].target, shown[0]))

    def _bare_count(self) -> None:
        """ "The categories and the count": of the rows that the names before are of."""
        intent = self.intent
        tables = {link.target.table for link in intent.projections}
        named = [link for link in intent.mentioned if link.target.table in tables] or list(intent.mentioned)
        if len(tables) > 1 or not named or not (intent.projections or intent.dimensions):
            intent.unsupported = "a count of what is not named"
            return
        if self.ordering:
            self.superlative, self.ordering = None, False
            intent.descending = intent.order_descending
            intent.ranked_by = named[0]
        intent.mentioned.remove(named[0])
        self._measure(named[0], Aggregate.COUNT)

    def _order_by_shown(self) -> None:
        """ "List the names in descending order": by what is shown."""
        intent = self.intent
        shown = intent.projections
        if self.directed and not intent.order_link and not intent.measures and not intent.ranked_by:
            intent.order_link = shown[0] if shown else None

    def _finish(self) -> None:
        intent = self.intent
        self._both_settled()
        self._order_by_shown()
        if self.counting and not intent.measures:
            self._bare_count()
        if self.counts > 1 and len(intent.measures) < 2 and any(len(known.values) > 1 for known in intent.filters):
            intent.unsupported = "several counts at once"
        if stated := [link for link in self.stated if link in intent.projections]:
            said = " ".join(token.text for token in self.tokens[stated[0].first : stated[0].last])
            intent.unsupported = f"a condition “{said}”, as that column holds no yes or no,"
        intent.penalty += 0.45 * len(set(self.doubtful) & set(intent.projections))
        if intent.measures and set(self.counted_amounts) & set(intent.projections):
            intent.unsupported = "a number of things beside another number"
        if intent.asks_place_or_time and not intent.projections and not intent.dimensions and not intent.measures:
            intent.unsupported = "where or when something is, without naming the column,"
        if intent.measures and intent.rank_adjective and not intent.ranked_by and not intent.dimensions:
            intent.unsupported = "a number of only the first of a ranking"
        if self.common and any(measure.aggregate is not Aggregate.COUNT for measure in intent.measures):
            intent.unsupported = "a number of only the most common"
        if self.superlative and self.superlative.exactly == "common":
            self._most_common()
        if self.superlative and not self.superlative.words and not intent.ranked_by and not intent.measures:
            intent.needs_measure = self.superlative.exactly != "common"
        if self.aggregates and not intent.measures:
            numeric = [link for link in intent.projections if self.said.numeric(link)]
            for link in numeric[:1]:
                intent.projections.remove(link)
                for aggregate in self.aggregates:
                    self._measure(link, aggregate)
        if self.aggregates and not intent.measures and not intent.unsupported:
            intent.unsupported = f"the {self.aggregates[0].value} of what is not named"
        grouped = intent.dimensions or intent.grain or intent.ranked_by or intent.order_link
        later = any(self.grouping is not None and m.link.first >= self.grouping for m in intent.measures)
        if self.grouping is not None and not grouped and not later and not intent.unsupported:
            intent.unsupported = "a grouping by what is not named"
        if self.negated and not intent.unsupported:
            intent.unsupported = "this negation"
        if self.comparing:
            intent.unsupported = "this comparison"
