"""Words that a query has nothing of, though nobody says them for nothing, mostly beside a metric.

"Revenue by sales rep" has a metric whose name explains nearly all of it, so that it looks well understood. What is left
over is another number all the same: a split that isn't there, a maximum of which there is only a mean, a share that is
a count, the second that is the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from services.ml_gateway.engine.expanding import RELATED
from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import Format, Metric
from services.ml_gateway.engine.query.model import Aggregate, Arithmetic, Field, Function, MetricValue, Query, Share
from services.ml_gateway.engine.reader.business.cues import CueKind
from services.ml_gateway.engine.reader.business.obeying import obeys
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.pruning.heard import nodes_of
from services.ml_gateway.engine.reader.pruning.skipped import skipped
from services.ml_gateway.engine.reader.scoring.bare import is_headline
from services.ml_gateway.engine.vocabulary import FIGURES, FILLER
from services.ml_gateway.engine.words.splitting import full_words

_LIGHT = frozenset(
    """generate generates generated earn earns earned make makes made making place places placed receive receives
    received bring brings brought sell sells sold selling buy buys bought buying purchase purchased create created spend
    spends spent achieve achieved produce produced bill billed book booked arrive arrived anything something everything
    nothing anyone someone everyone anybody somebody everybody look looks looking like really actually roughly
    approximately basically simply quickly usually typically normally generally please kindly company business firm
    organization organisation chart graph plot diagram overview summary report dashboard analysis statistics stats
    detailed details evolution developed development history do doing bit lot compared perform performed performing
    performance contribute contributed account accounts accounted responsible split respect terms""".split()
)
_ENDS = frozenset("most least longest shortest".split())
_BOUND_WORDS = frozenset("minimum maximum min max".split())
_ORDINAL = re.compile(r"second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|[2-9]\d*(?:nd|rd|th)")
_FIRST_OR_LAST = frozenset("first last".split())
_PARTS_OF = frozenset("share percentage proportion".split())
_RATES = frozenset("percent ratio fraction rate".split())
_RANKS = frozenset("rank ranks ranking ranked".split())
_INCLUDING = frozenset("including includes included incl inclusive".split())
_WITH_OR_WITHOUT = frozenset("with without excluding except exclude less minus".split()) | _INCLUDING
_CONNECTING = frozenset("from of for by among with in the our all".split())
_MEANS = frozenset("average averages avg mean aov".split())
_HAVING = frozenset("have has had having with".split())
_SOME = frozenset("a an any".split())
_PREPOSITIONS = frozenset("from to of in on at for with as by".split())
_SPLITTING = frozenset("by per each every".split())
_GUESSED = 0.75  # a link of less is a guess
_CALLED_SO = 0.95
_CODES = {
    "euro": "eur", "€": "eur", "dollar": "usd", "buck": "usd", "$": "usd", "pound": "gbp", "quid": "gbp", "£": "gbp",
    "sterling": "gbp", "franc": "chf", "yen": "jpy",
}  # fmt: skip
_FIGURES = FIGURES["income"][0] | frozenset("cost spending expenditure expense money".split())
_SPLIT = (Label.SHOW, Label.GROUP)
_HELD = (Label.WHERE, Label.NOT)
_VERBS = ("ed", "ing")


def dropped(candidate: Candidate, index: Index) -> tuple[int, ...]:
    """Where they stand, left to right."""
    metrics = [index.metrics[one.name] for one in nodes_of(candidate.query) if isinstance(one, MetricValue)]
    found = {*_second_best(candidate), *_set_phrases(candidate), *_compounds(candidate), *_running(candidate)}
    found |= {*_shares(candidate, metrics), *_named_rates(candidate), *_shares_of_a_state(candidate)}
    found |= {*_owned(candidate), *_nameless(candidate), *_figures(candidate), *skipped(candidate)}
    if metrics:
        found |= {*_strays(candidate, metrics), *_unused(candidate, metrics)}
        found |= {*_ends(candidate, index), *_ranks(candidate), *_guessed_splits(candidate)}
        found |= {*_parts_left_out(candidate, metrics), *_of_another(candidate), *_related(candidate)}
        found |= {*_guessed_states(candidate)}
    return tuple(sorted(found))


def guesses(candidate: Candidate, index: Index) -> tuple[int, ...]:
    """Those that are called nothing in the data: what they were taken for is at best near."""
    metrics = [index.metrics[one.name] for one in nodes_of(candidate.query) if isinstance(one, MetricValue)]
    return tuple(sorted({*_unused(candidate, metrics), *_guessed_splits(candidate)})) if metrics else ()


def _done(candidate: Candidate) -> set[int]:
    told = {at for part in candidate.labelling.parts if part.choice for at in range(part.item.first, part.item.last)}
    told |= {at for cue in candidate.sentence.cues for at in range(cue.first, cue.last)}
    return told | {at for time in candidate.sentence.times for at in range(time.first, time.last)}


def _strays(candidate: Candidate, metrics: list[Metric]) -> Iterator[int]:
    """ "Revenue target": a word that no name, no set phrase and no period explains."""
    done, sentence = _done(candidate), candidate.sentence
    for at, token in enumerate(sentence.tokens):
        if at in done or sentence.symbols[at] != "~" or not token.form.isalpha():
            continue
        if token.form in FILLER | _LIGHT | _words_of(metrics) or _is_in(token.lemma, metrics):
            continue
        yield at


def _words_of(metrics: list[Metric]) -> set[str]:
    names = (name for one in metrics for name in (one.name, one.label, *one.synonyms))
    return {word for name in names for word in full_words(name)}


def _is_in(currency: str, metrics: list[Metric]) -> bool:
    """ "Revenue in euros", where that is what it is in."""
    return any(
        _CODES.get(currency, currency) == _CODES.get(one.unit.casefold(), one.unit.casefold()) for one in metrics
    )


def _unused(candidate: Candidate, metrics: list[Metric]) -> Iterator[int]:
    """ "Revenue budget 2025", where "budget" is at best a part of another name."""
    used = {one.key.table for one in nodes_of(candidate.query) if isinstance(one, Field)}
    used |= {part.choice.target.table for part in candidate.labelling.parts if part.choice}
    begins = {part.item.first for part in candidate.labelling.parts if part.choice}
    done, tokens = _done(candidate), candidate.sentence.tokens
    for part in candidate.labelling.parts:
        best = part.item.choices[0]
        if part.choice or best.target.table in used or best.how == "question":
            continue
        if best.target.kind is TargetKind.TABLE and best.score >= _CALLED_SO and part.item.last in begins:
            continue  # "product category"
        said = range(part.item.first, part.item.last)
        meant = FILLER | _LIGHT | _words_of(metrics)
        yield from (at for at in said if at not in done and tokens[at].form not in meant)


def _compounds(candidate: Candidate) -> Iterator[int]:
    """ "Customer complaints", "customer age": what is asked for is the last word, not the first."""
    if not is_headline(candidate.sentence):
        return
    done, sentence = _done(candidate), candidate.sentence
    for part in candidate.labelling.parts:
        at = part.item.last
        if part.choice is None or part.choice.target.kind is not TargetKind.TABLE or part.item.plural:
            continue
        if at in done or at >= len(sentence.tokens) or sentence.symbols[at] != "~":
            continue
        form = sentence.tokens[at].form
        if form.isalpha() and form not in FILLER | _LIGHT and not form.endswith(_VERBS):
            yield at


def _owned(candidate: Candidate) -> Iterator[int]:
    """ "How many sales have a note": not all sales, and not how many have each note."""
    done, sentence = _done(candidate), candidate.sentence
    forms = [token.form for token in sentence.tokens]
    behind = [at + 2 for at in range(len(forms) - 2) if forms[at] in _HAVING and forms[at + 1] in _SOME]
    unknown = {at for at in behind if sentence.symbols[at] == "~" and at not in done}
    yield from (at for at in unknown if forms[at].isalpha() and forms[at] not in FILLER | _LIGHT)
    counted = any(isinstance(one, Aggregate) and one.function is Function.COUNT for one in candidate.query.show)
    for part in candidate.labelling.parts:
        split = part.choice and part.choice.target.kind is TargetKind.COLUMN and part.label in _SPLIT
        if split and counted and part.item.first in behind:
            yield from range(part.item.first, part.item.last)


def _nameless(candidate: Candidate) -> Iterator[int]:
    """ "Average size by from", where nothing is called so."""
    done, tokens = _done(candidate), candidate.sentence.tokens
    last = max((at for at, token in enumerate(tokens) if token.form.isalnum()), default=0)
    if last > 1 and tokens[last - 1].form in ("by", "per") and tokens[last].form in _PREPOSITIONS and last not in done:
        yield last


def _figures(candidate: Candidate) -> Iterator[int]:
    """ "Revenue from customers in Leeds" as a list of those customers."""
    if any(_is_number(one) for one in nodes_of(candidate.query)):
        return
    for part in candidate.labelling.parts:
        token, guess = candidate.sentence.tokens[part.item.first], part.item.choices[0]
        of_kind = guess.how == "vocabulary" and not _FIGURES.isdisjoint((token.form, token.lemma))
        if of_kind and part.choice is None and not part.item.measured:
            yield from range(part.item.first, part.item.last)


def _ends(candidate: Candidate, index: Index) -> Iterator[int]:
    """ "Minimum order value per month", "first order of each customer", where there is but a mean, or a count."""
    nodes, done, sentence = nodes_of(candidate.query), _done(candidate), candidate.sentence
    if any(isinstance(one, Aggregate) and one.function in (Function.MIN, Function.MAX) for one in nodes):
        return
    kept = any(isinstance(one, Query) and one.order and one.limit for one in nodes)
    ranked = any(isinstance(one, Query) and any(_is_number(each.by) for each in one.order) for one in nodes)
    begins = {part.item.first: part for part in candidate.labelling.parts if part.choice}
    for at, token in enumerate(sentence.tokens):
        if at in done or (at and sentence.tokens[at - 1].form == "at"):
            continue
        behind = begins.get(at + 1)
        if WORDS.get(sentence.symbols[at]) in _ENDS:
            of_each = behind and _is_split_behind(behind, candidate) and _is_mean_unsaid(behind, candidate, index)
            if of_each or (not kept and (not ranked or token.form in _BOUND_WORDS)):
                yield at
        elif token.form in _FIRST_OR_LAST and behind and not kept:
            yield at


def _is_split_behind(part: Part, candidate: Candidate) -> bool:
    tokens = candidate.sentence.tokens
    return part.item.last < len(tokens) and tokens[part.item.last].form in _SPLITTING


def _is_number(node: object) -> bool:
    return isinstance(node, MetricValue | Aggregate | Arithmetic)


def _is_mean_unsaid(part: Part, candidate: Candidate, index: Index) -> bool:
    """ "Highest order value" is no highest mean."""
    name = part.choice.target.metric if part.choice else ""
    said = {token.form for token in candidate.sentence.tokens[part.item.first : part.item.last]}
    if not name or said & _MEANS:
        return False
    metric = index.metrics[name]
    named = bool(_MEANS & {*full_words(metric.name), *full_words(metric.label)})
    return named or metric.expression.lstrip().upper().startswith("AVG(")


def _ranks(candidate: Candidate) -> Iterator[int]:
    """ "The rank of Germany by revenue" is no revenue."""
    done = _done(candidate)
    if not any(isinstance(one, Query) and one.order for one in nodes_of(candidate.query)):
        tokens = candidate.sentence.tokens
        yield from (at for at, token in enumerate(tokens) if token.form in _RANKS and at not in done)


def _second_best(candidate: Candidate) -> Iterator[int]:
    """Queries only begin at the first."""
    done, sentence = _done(candidate), candidate.sentence
    for at, (token, behind) in enumerate(pairwise(sentence.tokens)):
        if at not in done and _ORDINAL.fullmatch(token.form) and WORDS.get(behind.form) in _ENDS:
            yield at


def _set_phrases(candidate: Candidate) -> Iterator[int]:
    """ "Share of mobile orders" as their number."""
    for cue in candidate.sentence.cues:
        if cue.kind is not CueKind.RATIO and not obeys(candidate.query, cue):
            yield from range(cue.first, cue.last)


def _running(candidate: Candidate) -> Iterator[int]:
    """ "Campaigns running in March" aren't added up from month to month."""
    tokens = candidate.sentence.tokens
    for cue in candidate.sentence.cues:
        alone = cue.kind is CueKind.RUNNING and [one.form for one in tokens[cue.first : cue.last]] == ["running"]
        if alone and cue.first and (cue.last == len(tokens) or tokens[cue.last].form in FILLER - {"total", "number"}):
            yield cue.first


def _shares(candidate: Candidate, metrics: list[Metric]) -> Iterator[int]:
    """ "Top 3 countries and their share", where there is no share."""
    nodes, done, tokens = nodes_of(candidate.query), _done(candidate), candidate.sentence.tokens
    if any(isinstance(one, Share | Arithmetic) for one in nodes) or any(map(_is_rate, metrics)):
        return
    words = _PARTS_OF | _RATES if metrics else _PARTS_OF
    for at, token in enumerate(tokens):
        if token.form in words and at not in done and not (at and tokens[at - 1].number is not None):
            yield at


def _named_rates(candidate: Candidate) -> Iterator[int]:
    """ "Click-through rate", where there are clicks: a number that a name before "rate" only begins."""
    tokens, done = candidate.sentence.tokens, _done(candidate)
    if any(isinstance(one, Share | Arithmetic | MetricValue) for one in nodes_of(candidate.query)):
        return
    for at, token in enumerate(tokens):
        if token.lemma in ("rate", "ratio") and at and at not in done and tokens[at - 1].form.isalpha():
            yield at


def _related(candidate: Candidate) -> Iterator[int]:
    """ "Tax by country", where revenue is the nearest that there is: a related word is another metric's name."""
    for part in candidate.labelling.parts:
        if part.choice and part.choice.target.metric and part.choice.how == RELATED:
            yield from range(part.item.first, part.item.last)


def _is_rate(metric: Metric) -> bool:
    return bool(metric.numerator) or "/" in metric.expression or metric.format is Format.PERCENT


def _shares_of_a_state(candidate: Candidate) -> Iterator[int]:
    """ "Percentage of orders cancelled by country": of the country's orders, or of all that are cancelled?"""
    nodes, tokens = nodes_of(candidate.query), candidate.sentence.tokens
    if not candidate.query.group or not any(isinstance(one, Share) for one in nodes):
        return
    starts = [cue.last for cue in candidate.sentence.cues if cue.kind is CueKind.SHARE]
    ends = {part.item.last for part in candidate.labelling.parts if part.choice and part.label is not Label.WHERE}
    for part in candidate.labelling.parts:
        first = part.item.first
        held = part.choice and part.label in (Label.WHERE, Label.NOT) and starts and first > starts[0]
        if held and tokens[first].form.endswith("ed") and first in ends:
            yield first


def _parts_left_out(candidate: Candidate, metrics: list[Metric]) -> Iterator[int]:
    """ "Revenue without shipping" is another amount, and not that of what wasn't shipped."""
    done, tokens = _done(candidate), candidate.sentence.tokens
    yield from (at for at, token in enumerate(tokens) if token.form in _INCLUDING and at not in done)
    if all(one.expression.lstrip().upper().startswith("COUNT(") for one in metrics):
        return
    metrics_said = {one.item.first for one in candidate.labelling.parts if one.choice and one.choice.target.metric}
    for part in candidate.labelling.parts:
        first = part.item.first
        if part.choice and part.choice.how == "word form" and part.item.last in metrics_said:
            yield from range(first, part.item.last)  # "shipping revenue" isn't told by the day of shipping
        guessed = part.choice and part.choice.how == "word form" and part.label in (Label.NULL, Label.NOT_NULL)
        if guessed and first and tokens[first - 1].form in _WITH_OR_WITHOUT:
            yield from range(first - 1, part.item.last)


def _of_another(candidate: Candidate) -> Iterator[int]:
    """ "Revenue from new customers", where these are another metric: two numbers side by side are neither."""
    tokens = candidate.sentence.tokens
    told = [part for part in candidate.labelling.parts if part.choice and part.choice.target.metric]
    for one, other in pairwise(told):
        between = {token.form for token in tokens[one.item.last : other.item.first]}
        if one.label is other.label is Label.SHOW and between and between <= _CONNECTING:
            yield from range(other.item.first, other.item.last)
        elif not between and one.choice and other.choice and one.choice.target != other.choice.target:
            for guess in (one, other):  # "net revenue", where "net" is at best a part of another's name
                if guess.choice and guess.choice.score < _GUESSED:
                    yield from range(guess.item.first, guess.item.last)


def _guessed_states(candidate: Candidate) -> Iterator[int]:
    """ "Subscription revenue" as that of newsletter subscribers: a noun of the same root, beside the number's name."""
    parts = candidate.labelling.parts
    for part, metric in pairwise(parts):
        choice = part.choice
        if choice is None or metric.choice is None or part.item.last != metric.item.first or part.label not in _HELD:
            continue
        form = candidate.sentence.tokens[part.item.last - 1].form
        state = choice.target.kind in (TargetKind.FLAG, TargetKind.COLUMN) and choice.how == "word form"
        if state and metric.choice.target.metric and not form.endswith(_VERBS):
            yield from range(part.item.first, part.item.last)


def _guessed_splits(candidate: Candidate) -> Iterator[int]:
    """ "Revenue by supplier", where products are the nearest that there is; "per shop", where there are shoppers."""
    tokens = candidate.sentence.tokens
    for part in candidate.labelling.parts:
        if part.choice is None or part.label not in _SPLIT or part.choice.target.metric:
            continue
        how, score = part.choice.how, part.choice.score
        split = part.item.first > 0 and tokens[part.item.first - 1].form in _SPLITTING
        guessed = (how == "vocabulary" and score < _GUESSED) or (
            how == "word form" and part.choice.target.kind is TargetKind.TABLE
        )
        if how == RELATED or (split and guessed):
            yield from range(part.item.first, part.item.last)
